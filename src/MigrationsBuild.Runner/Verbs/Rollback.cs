using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Reverts applied migrations, newest first.</summary>
internal sealed class Rollback : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.Scripts.Verify();
        await session.ConnectAsync(cancellation);
        if (!session.IsConnected)
            throw new MigrationsException(DiagnosticCodes.NoDatabase, $"There is no {session.Database.Description}, so there is nothing to revert.");
        if (session.Request.To.Length == 0)
            session.RequireDevelopment("A rollback without a target", Hint.Add("Name the target", "DbTo", "-1"));
        var before = await session.ReadStateAsync(cancellation);
        var destination = session.Progress.GoTo(Resolve(session, before));
        var planning = new RollbackPlan(session);
        var plan = await planning.MakeAsync(before, destination, cancellation);
        if (plan.Count == 0 || session.Request.DryRun)
        {
            Show(session, plan);
            if (!session.Request.DryRun)
                await session.ClaimAsync(cancellation);
            return;
        }

        if (session.Request.To.Length == 0)
            await ConfirmAsync(session, plan[0].Id, cancellation);

        await session.PrepareAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        plan = await planning.MakeAsync(state, destination, cancellation);
        await new HalfwayMigrations(session).RequireUneditedAsync(plan, cancellation);
        var stopwatch = Stopwatch.StartNew();
        await RevertAsync(session, plan, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        var count = session.Progress.Completed == 1 ? "1 migration" : $"{session.Progress.Completed} migrations";
        session.Reporter.Line($"{count} reverted in {Migrate.Format(stopwatch.Elapsed)}; now at {after.Newest}");
    }

    /// <summary>Who names no target may not have looked at where they are.</summary>
    private static async Task ConfirmAsync(MigrationSession session, string id, CancellationToken cancellation)
    {
        var size = await session.Database.ReadSizeAsync(cancellation);
        session.Reporter.Line($"Reverts {id} on {session.Database.Name}, which holds {size}");
        await session.ConfirmAsync(
            "A rollback without a target", $"Revert {id} on {session.Database.Description}, which holds {size}?", cancellation);
    }

    private static async Task RevertAsync(MigrationSession session, List<MigrationChange> plan, CancellationToken cancellation)
    {
        var applier = new MigrationApplier(session);
        if (session.Request.Settings.IsOneTransaction)
        {
            await applier.RunTogetherAsync(plan, cancellation);
            plan.ForEach(change => session.Reporter.Line($"  {change.Id}  reverted"));
            return;
        }

        foreach (var change in plan)
        {
            var time = Stopwatch.StartNew();
            var isOurs = await applier.RunAsync(change, cancellation);
            session.Reporter.Line($"  {change.Id}  reverted{(isOurs ? $", {Migrate.Format(time.Elapsed)}" : " by another run meanwhile")}");
        }
    }

    /// <summary>The destination in the chain of what is applied, whose <c>head</c> is the newest applied migration.</summary>
    private static Destination Resolve(MigrationSession session, DatabaseState state)
    {
        var to = session.Request.To.Length == 0 ? "-1" : session.Request.To;
        RollbackPlan.RefuseUnapplied(state, to);
        var applied = state.AppliedChain;
        var position = applied.Resolve(to, applied.Head);
        var isRelative = applied.IsFromCurrent(to) || RevisionExpression.Parse(to).IsFromHead;
        return new(to, position == MigrationChain.Base ? null : applied.Ids[position], isRelative, state.Applied);
    }

    private static void Show(MigrationSession session, List<MigrationChange> plan)
    {
        session.Reporter.Line(plan.Count == 0 ? "Nothing to revert" : $"Would revert {plan.Count}:");
        foreach (var change in plan)
        {
            session.Reporter.Line($"  {change.Id}{(change.Path is null ? "  by the SQL from the journal, shown above" : "")}");
            if (change.Path is null)
                continue;
            foreach (var line in change.Commands.SelectMany(command => (command.Text + ";").Split('\n')))
                session.Reporter.Line("    " + line);
        }
    }
}
