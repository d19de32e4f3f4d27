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

    /// <summary>One that may be for the call, if there is one. Whether it is and still holds is another question.</summary>
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
            .Select(path => Read(path, project))
            .OfType<StoredCall>()
            .ToList() switch
        {
            [] => null,
            [var only] => only,
            var several => several.Find(stored => stored.IsFor(call)),
        };
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

    /// <summary>Whether all that the answer comes from is as it was.</summary>
    /// <param name="call">The call.</param>
    public bool Holds(VerbCall call) => IsFor(call) && MessageFile.Read(Path).Skip(1).All(message =>
        message["stamp"] == FileStamp.Of(message["path"]) || (message.Name == "folder" && message["names"] == FolderStamp.Names(message["path"])));

    private bool IsFor(VerbCall call) => Call["key"] == CallKey.Of(call, Call["variable"]);

    private static StoredCall? Read(string path, string project)
    {
        if (MessageFile.Read(path).FirstOrDefault() is not { Name: CallMessages.Call } stored || stored["project"] != project)
            return null;
        // The runner reads the variable anew; which one it is must not have changed.
        var request = RunnerRequest.From(MessageLine.Parse(stored["request"]));
        return ConnectionVariables.FindSet(stored["variable"], stored["context"]) == request.ConnectionVariable ? new StoredCall(path, stored) : null;
    }
}
