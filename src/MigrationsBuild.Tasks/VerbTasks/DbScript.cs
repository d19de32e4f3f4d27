using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Writes the SQL that takes a database from one revision to another, <c>DbRev=a:b</c>, up or down; into <c>DbSqlFile</c> if that is given.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbScript : RunnerVerb
{
    /// <inheritdoc/>
    private protected override bool NeedsApproval => true;

    /// <inheritdoc/>
    private protected override DatabaseNeed Need => DatabaseNeed.ForRevision;
}
