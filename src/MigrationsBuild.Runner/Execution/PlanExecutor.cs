using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>Executes a plan: each migration by itself, or all in one transaction.</summary>
/// <param name="session">The run, which has the lock.</param>
internal sealed class PlanExecutor(MigrationSession session)
{
    /// <summary>Executes a plan.</summary>
    /// <param name="plan">The plan, made while the run has the lock.</param>
    /// <param name="onDone">Gets each migration once it is done, and how long it took if it had a transaction of its own.</param>
    /// <param name="onDoneElsewhere">Gets each migration that another run has done meanwhile.</param>
    /// <exception cref="MigrationsException">A statement failed, or the run was interrupted.</exception>
    public async Task ExecuteAsync(
        MigrationPlan plan,
        Action<MigrationChange, TimeSpan?> onDone,
        Action<MigrationChange> onDoneElsewhere,
        CancellationToken cancellation)
    {
        var applier = new MigrationApplier(session);
        if (plan.OneTransaction is not null)
        {
            if (plan.Count > 0)
                await applier.RunTogetherAsync(plan.Changes, plan.OneTransaction, cancellation);
            foreach (var change in plan.Changes)
                onDone(change, null);
            return;
        }

        foreach (var change in plan.Changes)
        {
            var time = Stopwatch.StartNew();
            if (await applier.RunAsync(change, cancellation))
                onDone(change, time.Elapsed);
            else
                onDoneElsewhere(change);
        }
    }
}
