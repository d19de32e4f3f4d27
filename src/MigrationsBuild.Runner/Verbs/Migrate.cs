using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Applies pending migrations, oldest first.</summary>
internal sealed class Migrate : IVerbHandler
{
    public Verb Definition => VerbTable.Migrate;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        var before = await session.ReadStateAsync(cancellation);
        await StateReport.WarnAsync(session, before, await session.ReadEntriesAsync(cancellation), cancellation);
        await StateReport.ReportTablesWithoutHistoryAsync(session, cancellation);
        var planner = new UpgradePlanner(session);
        var plan = planner.Plan(before, session.Progress.GoTo(planner.Resolve(before)));
        var comparison = new SchemaComparison(session);
        if (session.Request.DryRun)
        {
            await new HalfwayMigrations(session).RequireUneditedAsync(plan, cancellation);
            var locks = new LockReview(session);
            StateReport.ReportUnrecorded(session, before);
            await ShowAsync(session, plan, locks, cancellation);
            await locks.RefuseAsync(plan, cancellation);
            await new LossReview(session).RequireAcceptedAsync(plan.Migrations, cancellation);
            if (plan.Count > 0)
                await comparison.RefuseAsync(before, cancellation);
            return;
        }

        var upgrade = new DatabaseUpgrade(session) { Gate = comparison.RefuseAsync };
        if (plan.Count == 0 && session.IsConnected && before.Squashed.Unrecorded.Count == 0)
        {
            await session.ClaimAsync(cancellation);
            session.Reporter.Line($"Nothing to apply; at {before.CurrentName}");
            upgrade.ReportDone(before, 0, TimeSpan.Zero);
            return;
        }

        await upgrade.RunAsync(cancellation);
    }

    private static async Task ShowAsync(
        MigrationSession session, MigrationPlan plan, LockReview review, CancellationToken cancellation)
    {
        session.Reporter.Line(plan.Count == 0 ? "Nothing would be applied" : $"Would apply {plan.Count}:");
        var locks = await review.DescribeAsync(plan, cancellation);
        foreach (var (migration, lines) in plan.Migrations.Zip(locks))
        {
            session.Reporter.Line($"  {migration.Id}");
            foreach (var line in lines)
                session.Reporter.Line("    " + line);
            foreach (var line in session.SqlFiles.Body(migration.Path!).TrimEnd().Split('\n'))
                session.Reporter.Line("    " + line);
        }
    }
}
