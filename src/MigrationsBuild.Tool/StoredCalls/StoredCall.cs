using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// The runner's input for verbs that change nothing, stored below <c>obj</c> with a stamp of everything that the answer depends on. It is
/// one file that is read once, so that two calls at the same time can't mix their data.
/// </summary>
/// <param name="Call">The <see cref="CallMessages.Call"/> message of the build.</param>
/// <param name="Stamps">The stamps, one message in each line.</param>
internal sealed record StoredCall(MessageLine Call, IEnumerable<string> Stamps)
{
    /// <summary>Finds a stored call that may be usable. <see cref="Holds"/> checks it.</summary>
    public static StoredCall? Find(VerbCall call, string project)
    {
        var obj = Path.Combine(Path.GetDirectoryName(project)!, "obj");
        if (!Directory.Exists(obj) || !call.Verb.IsRepeatable || !CallArguments.AreRepeatable(call))
            return null;
        // obj/<configuration>/MigrationsBuild, and obj/<configuration>/<framework>/MigrationsBuild.
        return Directory.EnumerateDirectories(obj)
            .SelectMany(configuration => Directory.EnumerateDirectories(configuration).Prepend(configuration))
            .Select(folder => PathIn(Path.Combine(folder, "MigrationsBuild")))
            .Where(File.Exists)
            .Select(path => Read(path, project))
            .OfType<StoredCall>()
            .Where(stored => stored.Serves(call.Verb))
            .ToList() switch
        {
            [] => null,
            [var only] => only,
            var several => several.Find(stored => stored.IsFor(call)),
        };
    }

    /// <summary>Stores a call.</summary>
    /// <param name="recorded">The <see cref="CallMessages.Call"/> message of the build.</param>
    /// <param name="key">The <see cref="CallKey"/>.</param>
    /// <param name="inputs">The files and folders that the answer depends on.</param>
    public static void Write(MessageLine recorded, string key, BuildInputs inputs) => MessageFile.Write(PathIn(recorded["state-folder"]),
    [
        recorded.With("key", key),
        .. inputs.Folders.Select(path => Stamp("folder", path).With("names", FolderStamp.Names(path))),
        .. inputs.Files.Select(path => Stamp("file", path)),
    ]);

    /// <summary>The runner's input for a call. The rest of the request is the same for all calls.</summary>
    public string InputFor(VerbCall call)
    {
        var own = new RunnerRequest(call.Verb.Name, "") { Arguments = CallArguments.Of(call), MustNotWrite = true }.ToMessage();
        var request = Request();
        var result = new MessageLine(request.Name);
        foreach (var field in own.Fields.Where(IsOfCall))
            result.With(field.Name, field.Value);
        // The package's version may know more fields than this one.
        foreach (var field in request.Fields.Where(field => !IsOfCall(field)))
            result.With(field.Name, field.Value);
        return result + Call["input"][Call["input"].IndexOf('\n', StringComparison.Ordinal)..];
    }

    /// <summary>Whether nothing that the answer depends on has changed.</summary>
    public bool Holds(VerbCall call) => IsFor(call) && Stamps.Select(MessageLine.Parse).All(IsUnchanged);

    private static bool IsOfCall(MessageField field) =>
        field.Name is "verb" or "must-not-write" || field.Name.StartsWith("arguments.", StringComparison.Ordinal);

    private static bool IsUnchanged(MessageLine stamp) =>
        stamp["stamp"] == FileStamp.Of(stamp["path"])
        || (stamp.Name == "folder" && stamp["names"] == FolderStamp.Names(stamp["path"]));

    private bool IsFor(VerbCall call) => Call["key"] == CallKey.Of(call, Call["variable"]);

    private MessageLine Request() => MessageLine.Parse(Call["input"].Split('\n', 2)[0]);

    /// <summary>
    /// Whether the build has allowed a verb, and has a connection for it. If a revision is relative and there is none, the runner fails.
    /// </summary>
    private bool Serves(Verb verb) => Call["verbs"].Split(' ').Contains(verb.Name)
        && (verb.DatabaseNeed is DatabaseNeed.Never or DatabaseNeed.ForRevision || Request()["connection-variable"].Length > 0);

    /// <summary>Whether the connection is in the same variable as before. The runner reads its value.</summary>
    private bool IsConnected => (ConnectionVariables.FindSet(Call["variable"], Call["context"]) ?? "") == Request()["connection-variable"];

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
            // Another call is writing or deleting the file.
            return null;
        }
    }
}
