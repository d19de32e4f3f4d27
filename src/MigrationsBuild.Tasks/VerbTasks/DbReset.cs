using Microsoft.Build.Framework;
using MigrationsBuild.Review;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Drops the database, creates it again and applies all migrations. It must be a development database, or <c>DbForce</c> must name it.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbReset : DbMigrate
{
    /// <inheritdoc/>
    private protected override bool HasNothingToDo(ContextReview review) => false;
}
