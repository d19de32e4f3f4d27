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
        void Warn(DiagnosticCode code, string message, params Hint[] hints) =>
            session.Reporter.Diagnostic(new Diagnostic(code, message) { Hints = hints });
        if (state.IsAhead)
        {
            Warn(
                DiagnosticCodes.Ahead,
                $"The database is ahead: it has {List(state.Unknown)}, which this build doesn't have. "
                + "An older build runs on a newer database, which may be intended.",
                new Hint("To roll back to this build, run", VerbTable.Rollback, state.Chain.NameAt(state.Current)));
        }

        if (!session.HasJournal)
            return;
        foreach (var (id, statements) in await session.Journal.ReadPartialAsync(cancellation))
        {
            // A run that goes on with it says so itself.
            if (!state.IsApplied(id) && (session.Request.Verb != VerbTable.Migrate.Name || session.Request.DryRun))
            {
                Warn(
                    DiagnosticCodes.Partial,
                    $"{id} failed half-way: {statements} of its statements were executed and are kept.",
                    new Hint("Fix what stopped it, then run", VerbTable.Migrate));
            }

        }

        foreach (var (id, entry) in entries)
        {
            if (entry is { IsStamp: false, Hash: { } hash } && state.IsApplied(id) && state.Chain.Find(id) is { } position && state.Find(id).UpHash is { Length: > 0 } now && now != hash)
            {
                Warn(
                    DiagnosticCodes.EditedSinceApplied,
                    $"{id} was edited since it was applied here, {entry.At} by {entry.By}: this database doesn't have what the SQL says.",
                    state.IsDevelopment
                        ? [
                            new Hint("To apply the edited SQL, run", VerbTable.Rollback, state.Chain.NameAt(position - 1)),
                            new Hint("Then", VerbTable.Migrate),
                        ]
                        : [new Hint("Restore the SQL, and write a new migration", VerbTable.Revision)]);
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
                $"Hole: {holes} {(state.Holes.Count == 1 ? "is" : "are")} pending and older than {state.Newest}, which is applied.",
                state.IsDevelopment ? new Hint("To fill it on this development database, run", VerbTable.Migrate) : AllowOutOfOrder);
        }
    }

    /// <exception cref="MigrationsException">The database has migrations between ours that this build doesn't have.</exception>
    public static void RefuseDiverged(DatabaseState state)
    {
        if (!state.IsDiverged)
            return;
        var first = state.Unknown[0];
        var common = state.Chain.Ids.LastOrDefault(id => state.IsApplied(id) && string.CompareOrdinal(id, first) < 0) ?? "base";
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.Diverged,
            $"Can't locate revision identified by '{first}', which the database has. The database has diverged: after {common}, "
            + $"the last migration in common, it has {List(state.Unknown)}, which this build doesn't have. Merge the branch that has it.")
        {
            Hints =
            [
                new Hint("Or roll it back", VerbTable.Rollback, common),
                new Hint("Or, if its files are lost, remove it from the history", VerbTable.Stamp, common),
            ],
        });
    }

    /// <summary>How to apply a migration that is older than the newest one that is applied.</summary>
    public static Hint AllowOutOfOrder { get; } = Hint.Add("To apply it all the same", "DbOutOfOrder", "allow");

    /// <summary>The first few of them, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(5)) + (ids.Count > 5 ? $" and {ids.Count - 5} more" : "");
}
