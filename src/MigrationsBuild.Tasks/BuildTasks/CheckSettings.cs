using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every build of a project whose migrations another project's build checks: a setting that can't be understood is an error here
/// too.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckSettings : MigrationsTask
{
    /// <summary>The settings are checked before any task does its work, and this one has no other.</summary>
    private protected override bool IsWanted => false;

    /// <inheritdoc/>
    private protected override void Run()
    {
    }
}
