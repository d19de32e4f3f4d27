using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Writes into the history that the database is at <c>DbRev</c>, and runs nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbStamp : RunnerVerb
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => ["DbRev", "DbPurge", "DbForce", "DbVerbose"];

    /// <inheritdoc/>
    protected override bool NeedsApproval => true;

    /// <inheritdoc/>
    protected override string Verb => "stamp";

    /// <inheritdoc/>
    protected override string RevisionProperty => "DbRev";
}
