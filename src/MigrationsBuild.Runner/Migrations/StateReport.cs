using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Says what is the matter with a database, if it isn't simply behind or up to date, and what mends it.</summary>
internal static class StateReport
{
    /// <summary>Warns of a database that is ahead, has holes, was left half-way, or has what was edited since.</summary>
    /// <param name="session">The run.</param>
    /// <param name="state">What the database has.</param>
    /// <param name="entries">What the journal says of it.</param>
    public static async Task WarnAsync(MigrationSession session, DatabaseState state, IReadOnlyDictionary<string, JournalEntry> entries, CancellationToken cancellation)
    {
        void Warn(DiagnosticCode code, string message) => session.Reporter.Diagnostic(new Diagnostic(code, message));
        if (state.IsAhead)
        {
            Warn(
                DiagnosticCodes.Ahead,
                $"The database is ahead: it has {List(state.Unknown)}, which this build doesn't have. An older build runs on a newer database; that may be meant. To go back to this build: dotnet build -t:DbRollback -p:DbTo={state.Chain.NameAt(state.Current)}");
        }

        if (!session.HasJournal)
            return;
        foreach (var (id, statements) in await session.Journal.ReadPartialAsync(cancellation))
        {
            // A run that goes on with it says so itself.
            if (!state.IsApplied(id) && (session.Request.Verb != VerbTable.Migrate.Name || session.Request.DryRun))
                Warn(DiagnosticCodes.Partial, $"{id} failed half-way: {statements} of its statements are done and stay. Mend what stopped it, then run: dotnet build -t:DbMigrate");
        }

        foreach (var (id, entry) in entries)
        {
            if (entry is { IsStamp: false, Hash: { } hash } && state.IsApplied(id) && state.Chain.Find(id) is { } position && state.Find(id).UpHash is { Length: > 0 } now && now != hash)
            {
                Warn(
                    DiagnosticCodes.EditedSinceApplied,
                    $"{id} was edited since it was applied here, {entry.At} by {entry.By}: what this database has isn't what the SQL says. "
                    + (state.IsDevelopment ? $"To have it as it is now: dotnet build -t:DbRollback -p:DbTo={state.Chain.NameAt(position - 1)}, then dotnet build -t:DbMigrate" : "Restore the SQL, and write a new migration: dotnet build -t:DbRevision"));
            }
        }
    }

    /// <summary>
    /// Mentions tables in a database that no migration has made: several applications may share it, or the connection may name the wrong one.
    /// </summary>
    /// <param name="session">The run.</param>
    public static async Task TellTablesWithoutHistoryAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (!session.IsConnected || session.HasHistory || await session.Database.ReadTablesAsync(cancellation) is not { Count: > 0 and var count })
            return;
        session.Reporter.Line(
            $"The database has {(count == 1 ? "1 table" : $"{count} tables")} and no migration history: {session.Manifest.ShortName} was not migrated here before");
    }

    /// <summary>Names the holes, where they only need to be told.</summary>
    public static void TellHoles(MigrationSession session, DatabaseState state)
    {
        if (state.Holes.Count > 0)
        {
            var holes = List([.. state.Holes.Select(migration => migration.Id)]);
            session.Reporter.Line(
                $"Hole: {holes} {(state.Holes.Count == 1 ? "is" : "are")} pending and older than {state.Newest}, which is applied. "
                + (state.IsDevelopment
                    ? "DbMigrate fills it on this development database"
                    : "To apply it all the same: -p:DbOutOfOrder=allow"));
        }
    }

    /// <exception cref="MigrationsException">The database has migrations between ours that this build doesn't have.</exception>
    public static void RefuseDiverged(DatabaseState state)
    {
        if (!state.IsDiverged)
            return;
        var first = state.Unknown[0];
        var common = state.Chain.Ids.LastOrDefault(id => state.IsApplied(id) && string.CompareOrdinal(id, first) < 0) ?? "base";
        throw new MigrationsException(
            DiagnosticCodes.Diverged,
            $"Can't locate revision identified by '{first}', which the database has. It has diverged: behind {common}, the last one in common, it has {List(state.Unknown)}, which this build doesn't have. Merge the branch that has it, take it back: dotnet build -t:DbRollback -p:DbTo={common}, or, if it is gone for good, out of the history: dotnet build -t:DbStamp -p:DbRev={common}");
    }

    /// <summary>The first few of them, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(5)) + (ids.Count > 5 ? $" and {ids.Count - 5} more" : "");
}
