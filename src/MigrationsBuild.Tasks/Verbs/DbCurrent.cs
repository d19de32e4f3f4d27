namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Shows the newest applied migration. It never writes into the database.</summary>
public sealed class DbCurrent : RunnerVerb
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => [];

    /// <inheritdoc/>
    protected override string Verb => "current";
}
