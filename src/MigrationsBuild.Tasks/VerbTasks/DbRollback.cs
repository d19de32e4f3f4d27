using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Reverts applied migrations, down to <c>DbTo</c>; on a development database without it the newest.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbRollback : RunnerVerb
{
    /// <inheritdoc/>
    private protected override bool NeedsApproval => true;
}
