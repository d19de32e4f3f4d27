using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Reverts applied migrations, newest first.</summary>
internal sealed class Rollback : IVerbHandler
{
    public Verb Definition => VerbTable.Rollback;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectAsync(cancellation);
        if (!session.IsConnected)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoDatabase, $"There is no {session.Database.Description}, so there is nothing to revert.");
        }

        if (session.Request.To.Length == 0)
            session.RequireDevelopment("A rollback without a target", Hint.Add("Name the target", "DbTo", "-1"));
        var before = await session.ReadStateAsync(cancellation);
        if (session.Request.To.Length == 0)
            RefusePending(before);
        var planner = new DowngradePlanner(session);
        var destination = session.Progress.GoTo(planner.Resolve(before));
        var plan = await planner.PlanAsync(before, destination, cancellation);
        var gates = new PlanGates(session);
        var downgrade = new DatabaseDowngrade(session);
        if (plan.Count == 0 || session.Request.DryRun)
        {
            await downgrade.ShowAsync(plan, gates.Locks, cancellation);
            if (!session.Request.DryRun)
                await session.ClaimAsync(cancellation);
            await gates.RefuseAsync([plan], cancellation);
            return;
        }

        if (session.Request.To.Length == 0)
        {
            await gates.Losses.RequireAcceptedAsync(plan.Migrations, cancellation);
            await ConfirmAsync(session, plan.Migrations[0].Id, cancellation);
        }

        await session.PrepareAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        state = await new SquashRecorder(session).RunAsync(state, cancellation);
        plan = await planner.PlanAsync(state, destination, cancellation);
        await gates.RefuseAsync([plan], cancellation);
        var stopwatch = Stopwatch.StartNew();
        await downgrade.RunAsync(plan, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        var count = session.Progress.Completed == 1 ? "1 migration" : $"{session.Progress.Completed} migrations";
        session.Reporter.Line($"{count} reverted in {Durations.Format(stopwatch.Elapsed)}; now at {after.Newest}");
    }

    /// <summary>A call without a target means the newest migration. If that isn't applied, the call would revert another one.</summary>
    /// <exception cref="MigrationsException">The newest migration of the build isn't applied.</exception>
    private static void RefusePending(DatabaseState state)
    {
        if (state.Chain.Head == MigrationChain.Base || state.IsApplied(state.Chain.Ids[state.Chain.Head]) || state.Applied.Count == 0)
            return;
        throw new MigrationsException(
            DiagnosticCodes.NothingToDo,
            $"{state.Chain.Ids[state.Chain.Head]} is not applied, so there is nothing of it to revert. "
            + $"The newest applied migration is {state.Newest}.",
            new Hint("To revert that one, run", VerbTable.Rollback, "-1"));
    }

    /// <summary>Asks if the call names no target, because it may go to another database than the user thinks.</summary>
    private static async Task ConfirmAsync(MigrationSession session, string id, CancellationToken cancellation)
    {
        var size = await session.Database.ReadSizeAsync(cancellation);
        session.Reporter.Line($"Reverts {id} on {session.Database.Name}, which holds {size}");
        await session.ConfirmAsync(
            "A rollback without a target", $"Revert {id} on {session.Database.Description}, which holds {size}?", cancellation);
    }
}
