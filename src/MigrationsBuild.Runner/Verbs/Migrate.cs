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
        if (session.Request.OnlyDevelopment && !session.IsKnownDevelopment)
        {
            session.Reporter.Line($"DbSyncOnBuild leaves the database alone: {session.NotDevelopment}.", Hint.Run(VerbTable.Migrate));
            return;
        }

        var before = await session.ReadStateAsync(cancellation);
        var entries = await session.ReadEntriesAsync(cancellation);
        var branch = new BranchSwitch(session);
        var reversal = await branch.PlanAsync(before, entries, cancellation);
        var reverted = before.Without(reversal.Ids);
        await StateReport.WarnAsync(session, reverted, entries, cancellation);
        await StateReport.ReportTablesWithoutHistoryAsync(session, cancellation);
        var planner = new UpgradePlanner(session);
        var plan = planner.Plan(reverted, session.Progress.GoTo(planner.Resolve(before)));
        var comparison = new SchemaComparison(session);
        if (session.Request.DryRun)
        {
            var gates = new PlanGates(session);
            StateReport.ReportUnrecorded(session, before);
            if (reversal.Count > 0)
                await new DatabaseDowngrade(session).ShowAsync(reversal, gates.Locks, cancellation);
            await ShowAsync(session, plan, gates.Locks, cancellation);
            await gates.RefuseAsync([reversal, plan], cancellation);
            if (plan.Count > 0)
                await comparison.RefuseAsync(before, reversal, cancellation);
            return;
        }

        var upgrade = new DatabaseUpgrade(session) { Gate = comparison.RefuseAsync, Switch = branch };
        if (reversal.Count + plan.Count == 0 && session.IsConnected && before.Squashed.Unrecorded.Count == 0)
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
