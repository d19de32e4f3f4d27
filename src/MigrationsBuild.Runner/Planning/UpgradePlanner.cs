using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>Plans which migrations are applied.</summary>
/// <param name="session">The run.</param>
internal sealed class UpgradePlanner(MigrationSession session)
{
    /// <summary>The migration that the call goes to; the newest one if it names none.</summary>
    /// <exception cref="MigrationsException">There is no such revision.</exception>
    public Destination Resolve(DatabaseState state)
    {
        var to = session.Request.To;
        var position = to.Length == 0 ? state.Chain.Head : state.Chain.Resolve(to, state.Current);
        return new Destination(
            to,
            position == MigrationChain.Base ? null : state.Chain.Ids[position],
            state.Chain.IsFromCurrent(to),
            state.Applied);
    }

    /// <summary>The pending migrations up to a destination, oldest first.</summary>
    /// <exception cref="MigrationsException">One of them may not be applied, or the destination is older than the database.</exception>
    public MigrationPlan Plan(DatabaseState state, Destination destination)
    {
        var target = destination.Id is { } id ? state.Chain.Find(id) ?? MigrationChain.Base : MigrationChain.Base;
        if (target < state.Current && session.Request.To.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Destination {session.Request.To} is not a valid upgrade target from current head(s): "
                + $"{state.Chain.NameAt(target)} is older than {state.Chain.NameAt(state.Current)}.",
                new Hint("To roll back, run", VerbTable.Rollback, session.Request.To));
        }

        var pending = state.Pending.Where(migration => state.Chain.Find(migration.Id) <= target).ToList();
        StateReport.RefuseDiverged(session, state);
        RefuseHoles(state, pending);
        return Plan(state, pending);
    }

    /// <summary>All migrations of the build, for an empty database.</summary>
    /// <exception cref="MigrationsException">One of them may not be applied.</exception>
    public MigrationPlan PlanFromEmpty() =>
        Plan(new DatabaseState(session.Manifest, [], session.IsDevelopment), session.Manifest.Migrations);

    private MigrationPlan Plan(DatabaseState state, IReadOnlyList<ManifestMigration> migrations)
    {
        foreach (var migration in migrations)
            ApprovalGate.RefuseToApply(session, migration);
        return new MigrationPlan(MigrationDirection.Up, [.. migrations.Select(Planned)]).ForRun(session, state);
    }

    private PlannedMigration Planned(ManifestMigration migration) => new(
        migration.Id, MigrationDirection.Up, migration.UpPath, session.SqlFiles.Statements(migration.UpPath!), migration);

    private void RefuseHoles(DatabaseState state, List<ManifestMigration> pending)
    {
        if (pending.Find(state.Holes.Contains) is { } hole && !session.IsDevelopment && !session.Request.Settings.AllowsOutOfOrder)
        {
            throw new MigrationsException(
                DiagnosticCodes.OutOfOrder,
                $"{hole.Id} is pending, and {state.Newest}, which is newer, is applied. "
                + "It was written for an older schema than this database has.",
                StateReport.AllowOutOfOrder);
        }
    }
}
