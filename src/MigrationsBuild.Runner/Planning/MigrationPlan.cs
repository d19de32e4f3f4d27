using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The migrations that a verb applies or reverts, in their order, with their statements and transactions. A planner applies all gates when
/// it makes the plan, so nothing runs if one migration must not.
/// </summary>
/// <param name="Direction">Whether they are applied or reverted.</param>
/// <param name="Migrations">The migrations, in the order in which they run.</param>
internal sealed record MigrationPlan(MigrationDirection Direction, IReadOnlyList<PlannedMigration> Migrations)
{
    public int Count => Migrations.Count;

    /// <summary>The ids of the migrations.</summary>
    public IEnumerable<string> Ids => Migrations.Select(migration => migration.Id);

    /// <summary>The migrations with what the history and the journal get; empty in a plan for a script.</summary>
    public IReadOnlyList<MigrationChange> Changes { get; private init; } = [];

    /// <summary>The steps of the one transaction of all migrations; <see langword="null"/> if each has its own.</summary>
    public MigrationSteps? OneTransaction { get; private init; }

    /// <summary>The plan for a run on a database.</summary>
    /// <param name="session">The run.</param>
    /// <param name="state">The database when the plan is made.</param>
    /// <exception cref="MigrationsException">
    /// The settings require one transaction, and a statement can't be in one; or SQL of the application's history repository can't be run;
    /// or a stretch of a migration needs something that only an earlier one has.
    /// </exception>
    public MigrationPlan ForRun(MigrationSession session, DatabaseState state)
    {
        List<MigrationChange> changes = [.. Migrations.Select(migration => MigrationChange.Of(session, state, migration))];
        foreach (var change in changes)
            RefuseMissing(session, change);
        return this with
        {
            Changes = changes,
            OneTransaction = session.Request.Settings.IsOneTransaction ? RequireOneTransaction(session, changes) : null,
        };
    }

    private static void RefuseMissing(MigrationSession session, MigrationChange change)
    {
        if (change.Steps.IsOneTransaction || session.Database.FindMissing(change.Steps.Stretches) is not var (command, reason))
            return;
        throw new MigrationsException(
            DiagnosticCodes.SqlFailed,
            $"This statement of {change.Id} would fail, so nothing is {change.Direction.Participle()}: {reason}",
            location: change.Path is null ? null : session.SqlFiles.LocationOf(change.Path, command.Statement!, position: 0));
    }

    /// <summary>The plan with one transaction for all migrations, if their statements can be in one and none was left half-way.</summary>
    public MigrationPlan InOneTransactionIfPossible(MigrationSession session) =>
        session.Database.Steps([.. Changes.SelectMany(change => change.Commands)]) is { IsOneTransaction: true } steps
        && !Changes.Any(change => session.Journal.IsUnfinished(change.Id))
            ? this with { OneTransaction = steps }
            : this;

    private static MigrationSteps RequireOneTransaction(MigrationSession session, List<MigrationChange> changes)
    {
        var steps = session.Database.Steps([.. changes.SelectMany(change => change.Commands)]);
        if (steps.IsOneTransaction)
            return steps;
        var change = changes.First(change => change.Commands.Any(IsOutside));
        var statement = change.Commands.First(IsOutside).Statement!;
        throw new MigrationsException(
            DiagnosticCodes.NotOneTransaction,
            $"This statement of {change.Id} must run outside a transaction, and the settings require one transaction for everything, "
            + $"so nothing is {change.Direction.Participle()}.",
            Hint.Add("Run the command with a transaction for each migration", "DbTransaction", "migration"),
            change.Path is null ? null : session.SqlFiles.LocationOf(change.Path, statement, position: 0));
    }

    private static bool IsOutside(SqlCommand command) => command.Statement is { OutsideTransaction: true };
}
