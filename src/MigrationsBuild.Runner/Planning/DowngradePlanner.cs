using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>Plans which migrations are reverted. A rollback is planned before the lock and again while the run has it.</summary>
/// <param name="session">The run.</param>
internal sealed class DowngradePlanner(MigrationSession session)
{
    // One for both plans: it compares the SQL of the second one with what it has shown for the first one.
    private readonly JournalAgreement _agreement = new(session);

    /// <summary>
    /// The migration that the call goes back to, in the chain of the applied migrations, whose <c>head</c> is the newest one.
    /// </summary>
    /// <exception cref="MigrationsException">There is no such revision, or it isn't applied.</exception>
    public Destination Resolve(DatabaseState state)
    {
        var to = session.Request.To.Length == 0 ? "-1" : session.Request.To;
        RefuseUnapplied(state, to);
        var applied = state.AppliedChain;
        var position = applied.Resolve(to, applied.Head);
        return new Destination(
            to,
            position == MigrationChain.Base ? null : applied.Ids[position],
            applied.IsFromCurrent(to) || RevisionExpression.Parse(to).IsFromHead,
            state.Applied);
    }

    /// <summary>The applied migrations after a destination, newest first.</summary>
    /// <exception cref="MigrationsException">One of them can't be reverted, or may not be.</exception>
    public async Task<MigrationPlan> PlanAsync(DatabaseState state, Destination destination, CancellationToken cancellation)
    {
        if (destination.Id is not null)
            RefuseUnapplied(state, destination.Id);
        var applied = state.AppliedChain;
        var target = destination.Id is { } id ? applied.Resolve(id, applied.Head) : MigrationChain.Base;
        return await PlanAsync(
            state, [.. applied.Ids.Skip(target + 1).Reverse()], reverted => state.Chain.Find(reverted) is null, cancellation);
    }

    /// <summary>The reversal of some applied migrations.</summary>
    /// <param name="state">The database.</param>
    /// <param name="ids">The migrations, in the order in which they are reverted.</param>
    /// <param name="isOfJournal">Whether the SQL of the journal reverts a migration, because the build has none or other SQL.</param>
    /// <exception cref="MigrationsException">One of them can't be reverted, or may not be.</exception>
    public async Task<MigrationPlan> PlanAsync(
        DatabaseState state, IReadOnlyList<string> ids, Predicate<string> isOfJournal, CancellationToken cancellation)
    {
        RefuseIrreversible([.. ids.Where(id => !isOfJournal(id)).Select(state.Find)], ids.Count);
        var migrations = new List<PlannedMigration>();
        var ofJournal = new List<JournalReversal>();
        foreach (var id in ids)
        {
            if (!isOfJournal(id))
            {
                migrations.Add(Planned(state.Find(id)));
                continue;
            }

            var reversal = await ReadReversalAsync(id, cancellation);
            ofJournal.Add(reversal);
            migrations.Add(new(id, MigrationDirection.Down, Path: null, StatementsOf(reversal), Source: null));
        }

        var plan = new MigrationPlan(MigrationDirection.Down, migrations).ForRun(session, state);
        _agreement.Require(ofJournal);
        return plan;
    }

    /// <summary>Refuses to go back to a migration that the build has and the database hasn't.</summary>
    /// <exception cref="MigrationsException">It isn't applied.</exception>
    private static void RefuseUnapplied(DatabaseState state, string id)
    {
        if (state.Chain.Find(id) is { } known && !state.IsApplied(id))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Destination {id} is not a valid downgrade target from current head(s): {state.Chain.NameAt(known)} isn't applied.",
                Hint.Run(VerbTable.History));
        }
    }

    private PlannedMigration Planned(ManifestMigration migration)
    {
        if (migration.State == MigrationState.Edited)
        {
            throw new MigrationsException(
                DiagnosticCodes.ApplyUnapproved,
                $"The SQL that reverts {migration.Id} isn't what was approved, so nothing is reverted.",
                Hint.Run(VerbTable.Approve, migration.Id));
        }

        if (migration.State != MigrationState.Approved)
            session.RequireDevelopment($"Reverting {migration.Id}, which isn't approved,");
        return new PlannedMigration(
            migration.Id, MigrationDirection.Down, migration.DownPath, session.SqlFiles.Statements(migration.DownPath!), migration);
    }

    /// <summary>Refuses all migrations that can't be reverted with one diagnostic.</summary>
    private void RefuseIrreversible(IEnumerable<ManifestMigration> migrations, int count)
    {
        List<ManifestMigration> irreversible = [.. migrations.Where(migration => migration.DownPath is null)];
        if (irreversible.Count == 0)
            return;
        var message = irreversible is [var only]
            ? $"{WithReason(only.Id + " can't be reverted", only)}. "
            : $"{irreversible.Count} of the {count} migrations can't be reverted: "
                + $"{string.Join("; ", irreversible.Select(migration => WithReason(migration.Id, migration)))}. ";
        throw new MigrationsException(
            DiagnosticCodes.Irreversible,
            message + "Nothing was reverted.",
            new Hint("Write a new migration that does what you need", VerbTable.Revision),
            new Location(irreversible[0].UpPath is { } path ? session.SqlFiles.Absolute(path) : irreversible[0].Id, 1, 1));
    }

    private static string WithReason(string text, ManifestMigration migration) =>
        migration.Reason is null ? text : $"{text}: {migration.Reason}";

    /// <summary>The SQL that the journal has for a migration of which the build has no files, or other ones.</summary>
    private async Task<JournalReversal> ReadReversalAsync(string id, CancellationToken cancellation) =>
        (session.HasJournal ? await session.Journal.ReadReversalAsync(id, cancellation) : null)
            ?? throw new MigrationsException(
                DiagnosticCodes.Irreversible,
                $"{id} is applied, this build doesn't have it as it was applied, and the journal has no SQL to revert it. "
                + "Restore its files.",
                new Hint("Or remove it from the history", VerbTable.Stamp, "<revision>"));

    /// <summary>The journal's SQL is checked here, because no build has checked it since it was written there.</summary>
    private IReadOnlyList<SqlCommand> StatementsOf(JournalReversal reversal)
    {
        var commands = session.SqlFiles.Parse(reversal.Sql);
        return commands.FirstOrDefault(command => command.Statement is { Flaw: not null })?.Statement is { } flawed
            ? throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"The SQL that the journal has for reverting {reversal.Id} can't be run: {flawed.Flaw}. Nothing is reverted. "
                + "Restore the migration's files.")
            : commands;
    }
}
