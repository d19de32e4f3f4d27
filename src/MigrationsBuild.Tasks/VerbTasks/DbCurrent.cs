using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Shows the newest applied migration, and what is the matter with the database if it isn't the head. It never writes into it.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbCurrent : RunnerVerb
{
    /// <inheritdoc/>
    private protected override bool OnlyReads => true;

    /// <inheritdoc/>
    private protected override bool TakesAllContexts => true;
}
