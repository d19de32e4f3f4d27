using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every build of a project whose migrations are checked by the build of its start-up project. It checks the settings, as every
/// task does, and whether the other build really checks this project.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckSettings : MigrationsTask
{
    /// <summary>The start-up project, with the settings that decide whether its build checks.</summary>
    [Required]
    public ITaskItem Checker { get; set; } = null!;

    private protected override bool IsWanted => Description.ChecksDuringBuild;

    /// <inheritdoc/>
    private protected override void Run()
    {
        if (new StartupCheck(Description, Checker).Problem is { } problem)
            Diagnostics.Write(problem);
    }
}
