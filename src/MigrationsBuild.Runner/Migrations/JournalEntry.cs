namespace MigrationsBuild.Runner.Migrations;

/// <summary>How a migration came into the history, as far as the journal knows.</summary>
/// <param name="IsStamp">Whether it was only written into the history.</param>
/// <param name="Hash">Hash of the SQL that was executed.</param>
/// <param name="At">When, as the database writes it.</param>
/// <param name="By">The database's user.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record JournalEntry(bool IsStamp, string? Hash, string At, string By, long? Milliseconds);
