using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// What a rollback reverts. It is planned before the lock and again while it is held; nothing runs if one migration can't be reverted.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class RollbackPlan(MigrationSession session)
{
    private readonly JournalAgreement _agreement = new(session);

    /// <summary>The migrations to revert, newest first.</summary>
    /// <param name="state">The database.</param>
    /// <param name="destination">Where the rollback goes.</param>
    /// <exception cref="MigrationsException">One of them can't be reverted, or may not be.</exception>
    public async Task<List<MigrationChange>> MakeAsync(DatabaseState state, Destination destination, CancellationToken cancellation)
    {
        if (destination.Id is not null)
            RefuseUnapplied(state, destination.Id);
        var applied = state.AppliedChain;
        var target = destination.Id is { } id ? applied.Resolve(id, applied.Head) : MigrationChain.Base;
        var plan = new List<MigrationChange>();
        var ofJournal = new List<(string Id, string Sql)>();
        RefuseIrreversible(state, [.. applied.Ids.Skip(target + 1).Reverse()]);
        for (var position = applied.Head; position > target; position--)
            plan.Add(await ChangeAsync(state, applied.Ids[position], ofJournal, cancellation));
        if (session.Request.Settings.IsOneTransaction)
            MigrationApplier.RefuseStretches(session, plan);
        _agreement.Require(ofJournal);
        return plan;
    }

    /// <summary>Refuses to go back to a migration that the build has and the database hasn't.</summary>
    /// <exception cref="MigrationsException">It isn't applied.</exception>
    public static void RefuseUnapplied(DatabaseState state, string id)
    {
        if (state.Chain.Find(id) is { } known && !state.IsApplied(id))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Destination {id} is not a valid downgrade target from current head(s): {state.Chain.NameAt(known)} isn't applied.",
                Hint.Run(VerbTable.History));
        }
    }

    private async Task<MigrationChange> ChangeAsync(
        DatabaseState state, string id, List<(string Id, string Sql)> ofJournal, CancellationToken cancellation)
    {
        if (state.Chain.Find(id) is null)
        {
            ofJournal.Add((id, await SqlOfJournalAsync(id, cancellation)));
            return MigrationChange.Revert(session, state, id, path: null, Statements(id, ofJournal[^1].Sql));
        }

        var migration = state.Find(id);
        if (migration.State == MigrationState.Edited)
        {
            throw new MigrationsException(
                DiagnosticCodes.ApplyUnapproved,
                $"The SQL that reverts {id} isn't what was approved, so nothing is reverted.",
                Hint.Run(VerbTable.Approve, id));
        }

        if (migration.State != MigrationState.Approved)
            session.RequireDevelopment($"Reverting {id}, which isn't approved,");
        return MigrationChange.Revert(session, state, id, migration.DownPath!, session.Scripts.Statements(migration.DownPath!));
    }

    /// <summary>Refuses at once for all migrations of the build that have no way back, and not for one after the other.</summary>
    /// <exception cref="MigrationsException">There is one.</exception>
    private void RefuseIrreversible(DatabaseState state, IReadOnlyList<string> ids)
    {
        List<ManifestMigration> irreversible =
            [.. ids.Where(id => state.Chain.Find(id) is not null).Select(state.Find).Where(migration => migration.DownPath is null)];
        if (irreversible.Count == 0)
            return;
        var reasons = string.Join("; ", irreversible.Select(migration => migration.Id + (migration.Reason is null ? "" : $": {migration.Reason}")));
        throw new MigrationsException(
            DiagnosticCodes.Irreversible,
            (irreversible.Count == 1
                ? $"{irreversible[0].Id} can't be reverted{(irreversible[0].Reason is { } reason ? $": {reason}" : "")}. "
                : $"{irreversible.Count} of the {ids.Count} migrations can't be reverted: {reasons}. ")
            + "Nothing was reverted.",
            new Hint("Write a new migration that does what you need", VerbTable.Revision),
            new Place(irreversible[0].UpPath is { } path ? session.Scripts.Absolute(path) : irreversible[0].Id, 1, 1));
    }

    /// <summary>The build no longer has the migration; the journal may know how to revert it.</summary>
    private async Task<string> SqlOfJournalAsync(string id, CancellationToken cancellation)
    {
        var sql = session.HasJournal ? await session.Journal.ReadDownSqlAsync(id, cancellation) : null;
        return sql is null
            ? throw new MigrationsException(
                DiagnosticCodes.Irreversible,
                $"{id} is applied, this build doesn't have it, and the journal has no SQL to revert it. "
                + "Restore its files.",
                new Hint("Or remove it from the history", VerbTable.Stamp, "<revision>"))
            : sql.TrimEnd() + "\n";
    }

    /// <summary>Nobody has looked at the journal's text since it was written there.</summary>
    private IReadOnlyList<SqlCommand> Statements(string id, string sql)
    {
        var commands = session.Scripts.Parse(sql);
        return commands.FirstOrDefault(command => command.Statement is { Flaw: not null })?.Statement is { } flawed
            ? throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"The SQL that the journal has for reverting {id} can't be run: {flawed.Flaw}. Nothing is reverted. "
                + "Restore the migration's files.")
            : commands;
    }
}
