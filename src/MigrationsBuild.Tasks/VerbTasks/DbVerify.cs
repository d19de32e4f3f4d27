using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Applies, reverts and applies migrations on a scratch database, and compares the result with the model. It never writes to another
/// database.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbVerify : RunnerTask
{
    /// <inheritdoc/>
    private protected override bool WantsModelScript => true;
}
