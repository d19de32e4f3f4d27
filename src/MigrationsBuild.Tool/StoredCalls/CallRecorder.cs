using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>Records during a build what a later call needs to run without a build.</summary>
internal sealed class CallRecorder(VerbCall call)
{
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly HashSet<string> _projects = [];
    private readonly HashSet<string> _imports = [];
    private readonly HashSet<string> _sources = [];
    private readonly HashSet<string> _outputs = [];
    private MessageLine? _recorded;

    /// <summary>Whether the build of a call can be recorded.</summary>
    public static bool CanRecord(VerbCall call) => call.Verb.IsRepeatable;

    /// <summary>Receives an event of the build.</summary>
    /// <returns>Whether the event is only for the recorder.</returns>
    public bool Take(MessageLine message)
    {
        switch (message.Name)
        {
            case BuildEvents.Project:
                return _projects.Add(message["path"]) || true;
            case BuildEvents.Import:
                return _imports.Add(message["path"]) || true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Call } recorded:
                _recorded = recorded;
                return true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Source } source:
                return _sources.Add(source["path"]) || true;
            case BuildEvents.Result when MessageLine.Parse(message["data"]) is { Name: CallMessages.Output } output:
                return _outputs.Add(output["path"]) || true;
            default:
                return false;
        }
    }

    /// <summary>Stores the record. If that fails, the next call builds as well.</summary>
    public void Store()
    {
        if (_recorded is null || _projects.Count == 0 || Path.GetDirectoryName(_recorded["dotnet"]) is not { Length: > 0 } dotnet)
            return;
        try
        {
            var inputs = Inputs(dotnet);
            if (!inputs.IsUnclear && !inputs.Files.Any(ChangedMeanwhile))
                StoredCall.Write(_recorded, CallKey.Of(call, _recorded["variable"]), Complete(inputs));
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
        foreach (var path in _imports.Where(path => !path.StartsWith(dotnet + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            inputs.Files.Add(path);
            if (!IsGenerated(path) && !IsPackaged(path))
                inputs.Inspect(path, _projects.Count > 1);
        }

        foreach (var path in _projects)
            inputs.Inspect(path, _projects.Count > 1);
        foreach (var path in _sources.Where(path => !IsGenerated(path)))
            inputs.AddSource(path);
        // The build may use another SDK after one was installed or removed.
        inputs.Folders.Add(Path.Combine(dotnet, "sdk"));
        return inputs;
    }

    private BuildInputs Complete(BuildInputs inputs)
    {
        inputs.Files.UnionWith(_outputs);
        return inputs;
    }

    /// <summary>Whether a file was saved during the build. The build may have read the earlier content.</summary>
    private bool ChangedMeanwhile(string path) => !IsGenerated(path) && File.Exists(path) && File.GetLastWriteTimeUtc(path) >= _start;

    private static bool IsGenerated(string path) => path.Split('/', '\\').Contains("obj");

    /// <summary>
    /// Whether a file is from a package, as MigrationsBuild's targets are. Such files don't change, and the files that they read don't
    /// affect the model.
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
