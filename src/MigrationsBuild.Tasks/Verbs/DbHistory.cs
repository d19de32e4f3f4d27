namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Lists the migrations, newest first, with markers for head and current.</summary>
public sealed class DbHistory : RunnerVerb
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => [];

    /// <inheritdoc/>
    protected override string Verb => "history";
}
