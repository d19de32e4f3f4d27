using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Compares the files with the manifest, and the database with the files. Writes nothing. Only a deployed runner has this verb; the check
/// of a build, <c>DbCheck</c>, needs no runner.
/// </summary>
internal sealed class DeploymentCheck : IVerbHandler
{
    public Verb Definition => VerbTable.DeploymentCheck;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        await StateReport.WarnAsync(session, state, await session.ReadEntriesAsync(cancellation), cancellation);
        StateReport.RefuseDiverged(session, state);
        if (session.Request.ComparesSchema)
            await new SchemaComparison(session).RequireEqualAsync(state, cancellation);
        if (state.Pending.Count > 0)
        {
            await ReviewLocksAsync(session, state, cancellation);
            throw new MigrationsException(
                DiagnosticCodes.Pending,
                $"{state.Pending.Count} pending: {StateReport.List([.. state.Pending.Select(migration => migration.Id)])}.",
                Hint.Run(VerbTable.Migrate));
        }

        if (state.Squashed.Unrecorded is [var squash, ..])
        {
            throw new MigrationsException(
                DiagnosticCodes.Pending,
                $"No migration is pending, but the history still has the migrations that {squash.Id} replaces.",
                Hint.Run(VerbTable.Migrate));
        }

        var equal = session.Request.ComparesSchema ? ", and no object differs" : "";
        session.Reporter.Line($"Nothing is pending{equal}; at {state.Chain.NameAt(state.Current)}");
    }

    /// <summary>Shows the locks of the pending migrations, as <c>migrate</c> would take them now.</summary>
    /// <exception cref="MigrationsException">A migration may not be applied, or the settings don't allow its locks.</exception>
    private static async Task ReviewLocksAsync(MigrationSession session, DatabaseState state, CancellationToken cancellation)
    {
        var planner = new UpgradePlanner(session);
        var plan = planner.Plan(state, planner.Resolve(state));
        var locks = new LockReview(session);
        foreach (var (migration, lines) in plan.Migrations.Zip(await locks.DescribeAsync(plan, cancellation)))
        {
            session.Reporter.Line($"Pending: {migration.Id}");
            foreach (var line in lines)
                session.Reporter.Line("  " + line);
        }

        await locks.RefuseAsync(plan, cancellation);
    }
}
