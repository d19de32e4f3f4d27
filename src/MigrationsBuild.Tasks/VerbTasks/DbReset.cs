using Microsoft.Build.Framework;
using MigrationsBuild.Review;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Drops the database, creates it and applies all migrations: a development database, or the one that <c>DbForce</c> names.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbReset : DbMigrate
{
    /// <inheritdoc/>
    private protected override bool HasNothingToDo(ContextReview review) => false;
}
