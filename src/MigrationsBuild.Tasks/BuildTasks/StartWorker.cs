using System.ComponentModel;
using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Starts the worker before the compilation if a source file of the model has changed: it has compiled EF Core's methods before the
/// compiler has written the assembly.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class StartWorker : Microsoft.Build.Utilities.Task
{
    /// <summary>The absolute path of the package's own folder below <c>obj</c>.</summary>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <summary>The absolute path of NuGet's <c>project.assets.json</c>.</summary>
    public string AssetsFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        // Without this interface nobody would end the worker of a failed build.
        if (BuildEngine is not IBuildEngine4)
            return true;
        try
        {
            if (new StoredStart(StateFolder).Expected(AssetsFile, out var because) is { } command)
                Start(command, because);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            Log.LogMessage(MessageImportance.Low, "The worker can't be started early: {0}", failure.Message);
        }

        return true;
    }

    private void Start(WorkerCommand command, string because)
    {
        Log.LogMessage(MessageImportance.Low, "Starting the worker: {0}", command);
        Log.LogMessage(MessageImportance.Low, "The worker is started before the compilation, because {0} has changed.", because);
        RegisteredObjects.GetOrAdd<EarlyWorkers>(BuildEngine)
            .Add(StateFolder, () => new RunningWorker(command, RunningWorker.ProfileIn(StateFolder)));
    }
}
