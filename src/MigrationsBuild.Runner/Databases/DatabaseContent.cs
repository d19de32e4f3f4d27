namespace MigrationsBuild.Runner.Databases;

/// <summary>The tables of a database, as far as a run needs to know them.</summary>
/// <param name="HasHistory">The history table exists.</param>
/// <param name="HasJournal">The journal exists, and the user may read it.</param>
/// <param name="IsEmpty">There is no table, view or sequence at all.</param>
internal sealed record DatabaseContent(bool HasHistory, bool HasJournal, bool IsEmpty)
{
    /// <summary>The journal exists, and the user may not read it.</summary>
    public bool IsJournalHidden { get; init; }
}
