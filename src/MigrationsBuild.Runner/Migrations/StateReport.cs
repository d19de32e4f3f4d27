using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Reports databases that are neither behind nor up to date, with the commands that fix them.</summary>
internal static class StateReport
{
    private const int MaxListed = 5;

    private static readonly Hint _follow = new("To migrate this development database to the current branch, run", VerbTable.Migrate);

    /// <summary>Warns if a database is ahead, if a migration was left half-way, or if applied SQL was edited since.</summary>
    /// <param name="session">The run.</param>
    /// <param name="state">The state of the database.</param>
    /// <param name="entries">The journal's entries of the applied migrations.</param>
    public static async Task WarnAsync(
        MigrationSession session,
        DatabaseState state,
        IReadOnlyDictionary<string, JournalEntry> entries,
        CancellationToken cancellation)
    {
        if (state.IsAhead)
        {
            Warn(
                session,
                DiagnosticCodes.Ahead,
                $"The database is ahead: it has {List(state.Unknown)}, which this build doesn't have. "
                + "An older build runs on a newer database, which may be intended.",
                session is { IsKnownDevelopment: true } && session.Request.Verb != VerbTable.Migrate.Name
                    ? _follow
                    : new Hint("To roll back to this build, run", VerbTable.Rollback, state.Chain.NameAt(state.Current)));
        }

        if (!session.HasJournal)
            return;
        foreach (var (id, statements) in await session.Journal.ReadPartialAsync(cancellation))
        {
            // A run that continues it reports that itself.
            if (!state.IsApplied(id) && (session.Request.Verb != VerbTable.Migrate.Name || session.Request.DryRun))
            {
                Warn(
                    session,
                    DiagnosticCodes.Partial,
                    $"{id} failed half-way: {statements} of its statements were executed and are kept.",
                    new Hint("Fix what stopped it, then run", VerbTable.Migrate));
            }
        }

        foreach (var (id, entry) in entries)
            WarnIfEdited(session, state, id, entry);
    }

    private static void WarnIfEdited(MigrationSession session, DatabaseState state, string id, JournalEntry entry)
    {
        if (!state.IsApplied(id) || state.Chain.Find(id) is not { } position || !entry.IsOtherThan(state.Find(id)))
            return;
        Warn(
            session,
            DiagnosticCodes.EditedSinceApplied,
            $"{id} was edited since it was applied here, {entry.At} by {entry.By}: this database doesn't have what the SQL says.",
            Remedies(session, state, state.Find(id), state.Chain.NameAt(position - 1)));
    }

    /// <summary>How the database gets the edited SQL of a migration.</summary>
    private static Hint[] Remedies(MigrationSession session, DatabaseState state, ManifestMigration migration, string before)
    {
        if (session.IsKnownDevelopment && migration.State == MigrationState.Draft)
            return [new Hint("To revert it and apply the edited SQL, run", VerbTable.Migrate)];
        return state.IsDevelopment
            ? [new Hint("To apply the edited SQL, run", VerbTable.Rollback, before), new Hint("Then", VerbTable.Migrate)]
            : [new Hint("Restore the SQL, and write a new migration", VerbTable.Revision)];
    }

    private static void Warn(MigrationSession session, DiagnosticCode code, string message, params Hint[] hints) =>
        session.Reporter.Diagnostic(new Diagnostic(code, message) { Hints = hints });

    /// <summary>
    /// Mentions the tables of a database that has no history: several applications may share it, or the connection string may name the
    /// wrong one.
    /// </summary>
    public static async Task ReportTablesWithoutHistoryAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (!session.IsConnected || session.HasHistory)
            return;
        var count = (await session.Database.ReadTablesAsync(cancellation)).Count;
        if (count == 0)
            return;
        session.Reporter.Line(
            $"The database has {(count == 1 ? "1 table" : $"{count} tables")} and no migration history: "
            + $"{session.Manifest.ShortName} was not migrated here before.",
            new Hint("If they are those of the migrations, run", VerbTable.Baseline));
    }

    /// <summary>Reports the holes as a line, for a verb that doesn't apply migrations.</summary>
    public static void ReportHoles(MigrationSession session, DatabaseState state)
    {
        if (state.Holes.Count > 0)
        {
            var holes = List([.. state.Holes.Select(migration => migration.Id)]);
            session.Reporter.Line(
                $"Hole: {holes} {(state.Holes.Count == 1 ? "is" : "are")} pending and older than {state.Newest}, which is applied.",
                state.IsDevelopment ? new Hint("To fill it on this development database, run", VerbTable.Migrate) : AllowOutOfOrder);
        }
    }

    /// <exception cref="MigrationsException">The database has some migrations that a squashed one replaces, and not all.</exception>
    public static void RefuseIncomplete(DatabaseState state)
    {
        if (state.Squashed.Incomplete is not { } incomplete)
            return;
        var (id, replaced) = (incomplete.Squash.Id, incomplete.Squash.Replaced);
        var what = incomplete.Halfway is { } halfway
            ? $"an earlier run has left {halfway} half-way"
            : $"{incomplete.Newest} is the newest one that it has, and {List(incomplete.Missing)} "
                + $"{(incomplete.Missing.Count == 1 ? "is" : "are")} missing";
        throw new MigrationsException(
            DiagnosticCodes.SquashIncomplete,
            $"{id} replaces {replaced.Count} migrations, and the database has only a part of them: {what}. Nothing is changed. "
            + $"Deploy a release from before the squash first, which has the migrations up to {incomplete.Squash.Last}.",
            new Hint("Or, if the database has all changes of the replaced migrations, run", VerbTable.Stamp, id));
    }

    /// <summary>Mentions that the history still has the migrations that a squashed one replaces.</summary>
    public static void ReportUnrecorded(MigrationSession session, DatabaseState state)
    {
        foreach (var squash in state.Squashed.Unrecorded)
        {
            session.Reporter.Line(
                $"The history still has the {squash.Replaced.Count} migrations that {squash.Id} replaces.",
                new Hint("To record it in their place, run", VerbTable.Migrate));
        }
    }

    /// <exception cref="MigrationsException">The database has migrations between the build's that this build doesn't have.</exception>
    public static void RefuseDiverged(MigrationSession session, DatabaseState state)
    {
        if (!state.IsDiverged)
            return;
        RefuseIncomplete(state);
        var first = state.Unknown[0];
        var common = state.Chain.Ids.LastOrDefault(id => state.IsApplied(id) && string.CompareOrdinal(id, first) < 0) ?? "base";
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.Diverged,
            $"Can't locate revision identified by '{first}', which the database has. The database has diverged: after {common}, "
            + $"the last migration in common, it has {List(state.Unknown)}, which this build doesn't have. Merge the branch that has it.")
        {
            Hints = session.IsKnownDevelopment
                ? [_follow]
                : [
                    new Hint("Or roll it back", VerbTable.Rollback, common),
                    new Hint("Or, if its files are lost, remove it from the history", VerbTable.Stamp, common),
                ],
        });
    }

    /// <summary>The argument with which a migration is applied that is older than the newest applied one.</summary>
    public static Hint AllowOutOfOrder { get; } = Hint.Add("To apply it all the same", "DbOutOfOrder", "allow");

    /// <summary>The first few ids, and the number of the others.</summary>
    public static string List(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(MaxListed)) + (ids.Count > MaxListed ? $" and {ids.Count - MaxListed} more" : "");
}
