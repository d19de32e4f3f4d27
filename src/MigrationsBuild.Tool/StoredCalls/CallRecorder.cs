using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>Gathers during a build what a later call needs to do without one.</summary>
/// <param name="call">The call that the build serves.</param>
internal sealed class CallRecorder(VerbCall call)
{
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly HashSet<string> _projects = [];
    private readonly HashSet<string> _imports = [];
    private readonly HashSet<string> _sources = [];
    private readonly HashSet<string> _outputs = [];
    private MessageLine? _told;

    /// <summary>Whether a build for this call can tell.</summary>
    public static bool CanRecord(VerbCall call) => call.Verb.RecordsCall;

    /// <summary>Takes an event.</summary>
    /// <returns>Whether it was for the recorder alone.</returns>
    public bool Take(MessageLine message)
    {
        switch (message.Name)
        {
            case BuildEvents.Project:
                return _projects.Add(message["path"]) || true;
            case BuildEvents.Import:
                return _imports.Add(message["path"]) || true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Call } told:
                _told = told;
                return true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Source } source:
                return _sources.Add(source["path"]) || true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Output } output:
                return _outputs.Add(output["path"]) || true;
            default:
                return false;
        }
    }

    /// <summary>Keeps what was gathered. A failure means that the next call builds, too.</summary>
    public void Store()
    {
        if (_told is null || _projects.Count == 0 || Path.GetDirectoryName(_told["dotnet"]) is not { Length: > 0 } dotnet)
            return;
        try
        {
            var inputs = Inputs(dotnet);
            if (!inputs.IsUnclear && !inputs.Files.Any(ChangedMeanwhile))
                StoredCall.Write(_told, CallKey.Of(call, _told["variable"]), Complete(inputs));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next call builds again.
        }
    }

    private BuildInputs Inputs(string dotnet)
    {
        var inputs = new BuildInputs();
        foreach (var project in _projects)
            inputs.AddProject(project);
        foreach (var path in _imports.Where(path => !path.StartsWith(dotnet, StringComparison.Ordinal)))
        {
            inputs.Files.Add(path);
            if (!IsGenerated(path) && !IsPackaged(path))
                inputs.Inspect(path, _projects.Count > 1);
        }

        foreach (var path in _projects)
            inputs.Inspect(path, _projects.Count > 1);
        foreach (var path in _sources.Where(path => !IsGenerated(path)))
            inputs.AddSource(path);
        // Another SDK may be chosen when one comes or goes.
        inputs.Folders.Add(Path.Combine(dotnet, "sdk"));
        return inputs;
    }

    private BuildInputs Complete(BuildInputs inputs)
    {
        inputs.Files.UnionWith(_outputs);
        return inputs;
    }

    /// <summary>What was saved while the build ran may not be what the build has read.</summary>
    private bool ChangedMeanwhile(string path) => !IsGenerated(path) && File.Exists(path) && File.GetLastWriteTimeUtc(path) >= _start;

    private static bool IsGenerated(string path) => path.Split('/', '\\').Contains("obj");

    /// <summary>
    /// Whether it came in a package, as our own targets do: those don't change, and what they read is no business of the model's.
    /// </summary>
    private static bool IsPackaged(string path)
    {
        if (Path.GetFileNameWithoutExtension(path) == nameof(MigrationsBuild))
            return true;
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, ".nupkg.metadata")))
                return true;
        }

        return false;
    }
}
