using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Writes into the history that the database is at <c>DbRev</c>, and runs nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbStamp : RunnerVerb
{
    /// <inheritdoc/>
    private protected override bool NeedsApproval => true;
}
