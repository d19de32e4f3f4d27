namespace MigrationsBuild.Runner.Migrations;

/// <summary>The journal's record of how a migration came into the history.</summary>
/// <param name="IsStamp">Whether it was only recorded in the history, and its SQL did not run.</param>
/// <param name="Hash">Hash of the SQL that was executed.</param>
/// <param name="At">The time, as the database formats it.</param>
/// <param name="By">The database's user.</param>
/// <param name="Milliseconds">The duration.</param>
internal sealed record JournalEntry(bool IsStamp, string? Hash, string At, string By, long? Milliseconds);
