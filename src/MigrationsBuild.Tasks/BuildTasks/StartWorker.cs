using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Starts the worker before the compilation, if this build will ask the worker or if a source file of the model has changed. The runtime
/// can then compile EF Core's methods while the compiler runs.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class StartWorker : Microsoft.Build.Utilities.Task
{
    /// <summary>The absolute path of the package's own folder below <c>obj</c>.</summary>
    [Required]
    public string StateFolder { get; set; } = "";

    /// <summary>The absolute path of NuGet's <c>project.assets.json</c>.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>Whether this build asks the worker in any case: a strict build, or a verb that uses no stored answer.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>Whether it will be asked for C#: a verb that drafts.</summary>
    public bool WritesCode { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        // If MSBuild can't register objects, nothing would stop the worker of a build that fails.
        if (RegisteredObjects.Find<EarlyWorkers>(BuildEngine) is not { } workers)
            return true;
        try
        {
            var stored = new StoredStart(StateFolder);
            var changed = IsNeeded ? null : stored.ChangedSource;
            if ((IsNeeded || changed is not null) && stored.CommandNow(AssetsFile) is { } command)
                workers.Add(StateFolder, () => Start(command, changed));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.LogMessage(MessageImportance.Low, "The worker can't be started early: {0}", failure.Message);
        }

        return true;
    }

    private RunningWorker Start(WorkerCommand command, string? changed)
    {
        var because = changed is not null ? $"{changed} has changed"
            : WritesCode ? "this build will draft a migration"
            : "this build will ask it";
        Log.LogMessage(MessageImportance.Low, "Starting the worker: {0}", command);
        Log.LogMessage(MessageImportance.Low, "The worker is started before the compilation, because {0}.", because);
        return new RunningWorker(command, RunningWorker.ProfileIn(StateFolder), isEarly: true, WritesCode);
    }
}
