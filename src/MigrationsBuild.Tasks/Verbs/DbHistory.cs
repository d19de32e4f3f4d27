using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Lists the migrations, newest first, with markers for head and current; those of the range <c>DbRev</c>, or all.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbHistory : RunnerVerb
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => ["DbRev", "DbVerbose"];

    /// <inheritdoc/>
    protected override bool OnlyReads => true;

    /// <inheritdoc/>
    protected override string Verb => "history";

    /// <inheritdoc/>
    protected override string RevisionProperty => "DbRev";

    /// <inheritdoc/>
    protected override DatabaseNeed Need => DatabaseNeed.IfKnown;
}
