using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// How a verb that only reads is called without a build, kept below <c>obj</c> with a stamp of everything that its answer comes from. It is
/// one file and is read once, so that two calls can't leave a mixture of theirs.
/// </summary>
/// <param name="Call">The <see cref="CallMessages.Call"/> of the build.</param>
/// <param name="Stamps">The stamps, a message a line.</param>
internal sealed record StoredCall(MessageLine Call, IEnumerable<string> Stamps)
{
    /// <summary>The verbs that are kept.</summary>
    public static readonly string[] Verbs = [.. VerbTable.All.Where(verb => verb.IsRepeatable).Select(verb => verb.Name)];

    /// <summary>A stored call that may be for this call, if there is one. Whether it is and still holds is another question.</summary>
    /// <param name="call">The call.</param>
    /// <param name="project">The project file.</param>
    public static StoredCall? Find(VerbCall call, string project)
    {
        var obj = Path.Combine(Path.GetDirectoryName(project)!, "obj");
        if (!Directory.Exists(obj) || !Verbs.Contains(call.Verb.Name) || !CallKey.IsPlain(call))
            return null;
        // obj/<configuration>/MigrationsBuild, and obj/<configuration>/<framework>/MigrationsBuild.
        return Directory.EnumerateDirectories(obj)
            .SelectMany(configuration => Directory.EnumerateDirectories(configuration).Prepend(configuration))
            .Select(folder => PathIn(Path.Combine(folder, "MigrationsBuild")))
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
    /// <param name="told">The <see cref="CallMessages.Call"/> of the build.</param>
    /// <param name="key">The call's <see cref="CallKey"/>.</param>
    /// <param name="inputs">What the answer comes from.</param>
    public static void Write(MessageLine told, string key, BuildInputs inputs) => MessageFile.Write(PathIn(told["state-folder"]),
    [
        told.With("key", key),
        .. inputs.Folders.Select(path => Stamp("folder", path).With("names", FolderStamp.Names(path))),
        .. inputs.Files.Select(path => Stamp("file", path)),
    ]);

    /// <summary>What the runner reads.</summary>
    /// <param name="verb">The verb; the rest of the request is the same for all.</param>
    public string InputFor(string verb)
    {
        var end = Call["input"].IndexOf('\n', StringComparison.Ordinal);
        var request = Request();
        var ours = new MessageLine(request.Name);
        foreach (var field in request.Fields)
            ours.With(field.Key, field.Key == "verb" ? verb : field.Value);
        return ours + Call["input"][end..];
    }

    /// <summary>Whether everything that the answer comes from is as it was.</summary>
    /// <param name="call">The call.</param>
    public bool Holds(VerbCall call) => IsFor(call) && Stamps.Select(MessageLine.Parse).All(message =>
        message["stamp"] == FileStamp.Of(message["path"]) || (message.Name == "folder" && message["names"] == FolderStamp.Names(message["path"])));

    private bool IsFor(VerbCall call) => Call["key"] == CallKey.Of(call, Call["variable"]);

    private MessageLine Request() => MessageLine.Parse(Call["input"].Split('\n', 2)[0]);

    /// <summary>The runner reads the variable of the connection itself; which variable it is must not have changed.</summary>
    private bool IsConnected => ConnectionVariables.FindSet(Call["variable"], Call["context"]) == Request()["connection-variable"];

    private static MessageLine Stamp(string name, string path) =>
        new MessageLine(name).With("path", path).With("stamp", FileStamp.Of(path));

    private static string PathIn(string stateFolder) => Path.Combine(stateFolder, "call");

    private static StoredCall? Read(string path, string project)
    {
        try
        {
            return File.ReadAllLines(path) is [var first, .. var stamps]
                && new StoredCall(MessageLine.Parse(first), stamps) is { Call.Name: CallMessages.Call } stored
                && stored.Call["project"] == project && stored.IsConnected
                    ? stored
                    : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another call has just removed it, or is writing it.
            return null;
        }
    }
}
