namespace MigrationsBuild.Runner.Migrations;

/// <summary>The progress of an earlier run with a migration that isn't one transaction.</summary>
/// <param name="Done">How many of its statements are done and kept.</param>
/// <param name="Started">The number of the statement in which, or just after which, that run ended; 0 if there is none.</param>
internal sealed record MigrationProgress(int Done, int Started)
{
    /// <summary>The notes from which it was read: see <see cref="Journal.RequireNotes"/>.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The executed statements, if the migration no longer begins with them.</summary>
    public ExecutedPart? Edited { get; init; }
}

/// <summary>The first statements of a migration as an earlier run has executed them.</summary>
/// <param name="Count">The number of statements.</param>
/// <param name="Hash">The hash of their text.</param>
/// <param name="IsCertain">Whether it is certain that the last one is done, and not only begun.</param>
internal sealed record ExecutedPart(int Count, string Hash, bool IsCertain);
