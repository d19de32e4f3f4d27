using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Shows the newest applied migration, and what is the matter with the database if it isn't the head. It never writes into it.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbCurrent : RunnerVerb
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => ["DbVerbose", "DbCheckHeads"];

    /// <inheritdoc/>
    protected override bool OnlyReads => true;

    /// <inheritdoc/>
    protected override string Verb => "current";

    /// <inheritdoc/>
    protected override bool TakesAllContexts => true;
}
