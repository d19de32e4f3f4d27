using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every build of a project whose migrations are checked by the build of another project. It only checks the settings.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckSettings : MigrationsTask
{
    /// <summary>Every task checks the settings before its work. This task has no other work.</summary>
    private protected override bool IsWanted => false;

    /// <inheritdoc/>
    private protected override void Run()
    {
    }
}
