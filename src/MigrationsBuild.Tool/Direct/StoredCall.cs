using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Commands;

namespace MigrationsBuild.Tool.Direct;

/// <summary>How a verb that only reads is called without a build, kept below <c>obj</c> with a stamp of all that its answer comes from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Call">The <see cref="CallMessages.Call"/> of the build.</param>
internal sealed record StoredCall(string Path, MessageLine Call)
{
    /// <summary>The verbs that are kept.</summary>
    public static readonly string[] Verbs = ["current", "history"];

    public string RequestPath(string verb) => Path + "." + verb;

    /// <summary>One that still holds for a call, if there is one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="project">The project file.</param>
    public static StoredCall? Find(VerbCall call, string project)
    {
        var obj = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project)!, "obj");
        if (!Directory.Exists(obj) || !Verbs.Contains(call.Verb.Name) || !CallKey.IsPlain(call))
            return null;
        // obj/<configuration>/MigrationsBuild, and obj/<configuration>/<framework>/MigrationsBuild.
        return Directory.EnumerateDirectories(obj)
            .SelectMany(configuration => Directory.EnumerateDirectories(configuration).Prepend(configuration))
            .Select(folder => System.IO.Path.Combine(folder, "MigrationsBuild", "call"))
            .Where(File.Exists)
            .Select(path => Read(path, call, project))
            .FirstOrDefault(stored => stored is not null);
    }

    /// <summary>Keeps a call.</summary>
    /// <param name="key">The call's <see cref="CallKey"/>.</param>
    /// <param name="tree">What the answer comes from.</param>
    public void Write(string key, SourceTree tree)
    {
        var request = RunnerRequest.From(MessageLine.Parse(Call["request"]));
        var manifest = MessageFile.Read(request.ManifestPath).ToList();
        foreach (var verb in Verbs)
            MessageFile.Write(RequestPath(verb), [(request with { Verb = verb, ManifestPath = RequestPath(verb) }).ToMessage(), .. manifest]);
        MessageFile.Write(Path,
        [
            Call.With("key", key),
            .. tree.Folders.Select(path => new MessageLine("folder").With("path", path).With("stamp", FileStamp.Of(path)).With("names", FolderStamp.Names(path))),
            .. tree.Files.Select(path => new MessageLine("file").With("path", path).With("stamp", FileStamp.Of(path))),
        ]);
    }

    private static StoredCall? Read(string path, VerbCall call, string project)
    {
        using var messages = MessageFile.Read(path).GetEnumerator();
        if (!messages.MoveNext() || messages.Current is not { Name: CallMessages.Call } stored || stored["project"] != project)
            return null;
        // The runner reads the variable anew; which one it is must not have changed.
        var request = RunnerRequest.From(MessageLine.Parse(stored["request"]));
        if (ConnectionVariables.FindSet(stored["variable"], stored["context"]) != request.ConnectionVariable || stored["key"] != CallKey.Of(call, stored["variable"]))
            return null;
        while (messages.MoveNext())
        {
            var (stamp, now) = (messages.Current["stamp"], FileStamp.Of(messages.Current["path"]));
            if (stamp != now && !(messages.Current.Name == "folder" && messages.Current["names"] == FolderStamp.Names(messages.Current["path"])))
                return null;
        }

        return new StoredCall(path, stored);
    }
}
