using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>Applies the pending migrations and reports them: the part that migrate and reset have in common.</summary>
/// <param name="session">The run.</param>
internal sealed class DatabaseUpgrade(MigrationSession session)
{
    private readonly UpgradePlanner _planner = new(session);

    /// <summary>Refuses a database, while the run has the lock and before it changes anything. It gets what is reverted first.</summary>
    public Func<DatabaseState, MigrationPlan, CancellationToken, Task> Gate { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Plans what is reverted first. It has shown the SQL of the journal if the run was planned before.</summary>
    public BranchSwitch Switch { get; init; } = new(session);

    /// <summary>Creates the database if it is missing and may be created, takes the lock, plans, and applies the plan.</summary>
    /// <exception cref="MigrationsException">A gate refuses the plan, a statement failed, or the run was interrupted.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await session.PrepareAsync(cancellation);

        // Read again: another run may have changed the database before this one had the lock.
        var state = await session.ReadStateAsync(cancellation);
        session.Progress.RefuseMoved(state);
        var destination = session.Progress.Destination ?? _planner.Resolve(state);
        var reversal = await Switch.PlanAsync(state, await session.ReadEntriesAsync(cancellation), cancellation);
        var plan = _planner.Plan(state.Without(reversal.Ids), destination);
        await new PlanGates(session).RefuseAsync([reversal, plan], cancellation);
        if (plan.Count > 0)
            await Gate(state, reversal, cancellation);
        if (reversal.Count > 0)
        {
            var migrations = reversal.Count == 1 ? "1 migration is" : $"{reversal.Count} migrations are";
            session.Reporter.Line($"{migrations} reverted first, to follow this branch");
            await new DatabaseDowngrade(session).RunAsync(reversal, cancellation);
            session.Progress.ChangeDirection();
            state = await session.ReadStateAsync(cancellation);
            plan = _planner.Plan(state, destination);
        }

        var recorded = await new SquashRecorder(session).RunAsync(state, cancellation);
        if (plan.Count == 0 && (recorded != state || reversal.Count > 0))
        {
            session.Reporter.Line($"Nothing to apply; at {recorded.CurrentName}");
            ReportDone(recorded, 0, TimeSpan.Zero);
            return;
        }

        session.Reporter.Line(plan.Count == 1 ? "1 migration is pending" : $"{plan.Count} migrations are pending");

        var stopwatch = Stopwatch.StartNew();
        await new PlanExecutor(session).ExecuteAsync(plan, ReportApplied, ReportAppliedElsewhere, cancellation);
        var after = await session.ReadStateAsync(cancellation);
        var count = session.Progress.Completed;
        session.Reporter.Line(
            $"{(count == 1 ? "1 migration" : $"{count} migrations")} applied in {Durations.Format(stopwatch.Elapsed)}; "
            + $"now at {after.CurrentName}");
        ReportDone(after, count, stopwatch.Elapsed);
    }

    /// <summary>Reports the result for programs.</summary>
    /// <param name="state">The database after the run.</param>
    /// <param name="count">The number of migrations that were applied.</param>
    /// <param name="time">How long that took.</param>
    public void ReportDone(DatabaseState state, int count, TimeSpan time) =>
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", session.Request.Verb)
            .With("count", count)
            .With("at", state.Chain.NameAt(state.Current))
            .With("duration-ms", (long)time.TotalMilliseconds));

    private void ReportApplied(MigrationChange change, TimeSpan? time)
    {
        var duration = time is { } elapsed ? $"  {Durations.Format(elapsed)}" : "";
        var isDraft = session.Manifest.Find(change.Id).State != MigrationState.Approved;
        session.Reporter.Line($"  {change.Id}{duration}{(isDraft ? "  (draft)" : "")}");
        session.Reporter.Result(new MessageLine(RunnerMessages.Migration)
            .With("id", change.Id)
            .With("applied", true)
            .With("duration-ms", time is null ? null : Durations.Milliseconds(time.Value)));
    }

    private void ReportAppliedElsewhere(MigrationChange change) =>
        session.Reporter.Line($"  {change.Id}  applied by another run meanwhile");
}
