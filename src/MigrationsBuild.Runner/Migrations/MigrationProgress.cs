namespace MigrationsBuild.Runner.Migrations;

/// <summary>How far an earlier run has come with a migration that isn't one transaction.</summary>
/// <param name="Done">How many of its statements are done for good.</param>
/// <param name="Started">The number of the statement in which that run has died, or just behind which; 0 if there is none.</param>
internal sealed record MigrationProgress(int Done, int Started)
{
    /// <summary>What ran, if it is no longer what the migration begins with.</summary>
    public ExecutedPart? Edited { get; init; }
}

/// <summary>The first statements of a migration as an earlier run has executed them.</summary>
/// <param name="Count">How many.</param>
/// <param name="Hash">The hash of their text.</param>
/// <param name="IsCertain">Whether the last of them is done for certain, and not only begun.</param>
internal sealed record ExecutedPart(int Count, string Hash, bool IsCertain);
