using MigrationsBuild.Protocol;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>The journal's record of how a migration came into the history.</summary>
/// <param name="IsStamp">Whether it was only recorded in the history, and its SQL did not run.</param>
/// <param name="Hash">Hash of the SQL that was executed.</param>
/// <param name="At">The time, as the database formats it.</param>
/// <param name="By">The database's user.</param>
/// <param name="Milliseconds">The duration.</param>
internal sealed record JournalEntry(bool IsStamp, string? Hash, string At, string By, long? Milliseconds)
{
    /// <summary>Whether other SQL was executed than the build has now.</summary>
    public bool IsOtherThan(ManifestMigration migration) =>
        !IsStamp && Hash is not null && migration.UpHash.Length > 0 && Hash != migration.UpHash;
}

/// <summary>The SQL of the journal that reverts a migration.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Sql">The SQL.</param>
/// <param name="By">The database's user who has applied the migration.</param>
/// <param name="IsOwn">Whether the run has the same user.</param>
internal sealed record JournalReversal(string Id, string Sql, string By, bool IsOwn);
