using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>Reverts migrations and reports them: the part that rollback and a switch to another branch have in common.</summary>
/// <param name="session">The run.</param>
internal sealed class DatabaseDowngrade(MigrationSession session)
{
    /// <summary>Reverts the migrations of a plan.</summary>
    /// <exception cref="MigrationsException">A statement failed, or the run was interrupted.</exception>
    public Task RunAsync(MigrationPlan plan, CancellationToken cancellation) => new PlanExecutor(session).ExecuteAsync(
        plan,
        (change, time) => session.Reporter.Line(
            $"  {change.Id}  reverted{(time is { } elapsed ? $", {Durations.Format(elapsed)}" : "")}"),
        change => session.Reporter.Line($"  {change.Id}  reverted by another run meanwhile"),
        cancellation);

    /// <summary>Shows what a dry run doesn't revert.</summary>
    public async Task ShowAsync(MigrationPlan plan, LockReview review, CancellationToken cancellation)
    {
        session.Reporter.Line(plan.Count == 0 ? "Nothing to revert" : $"Would revert {plan.Count}:");
        var locks = await review.DescribeAsync(plan, cancellation);
        foreach (var (change, lines) in plan.Migrations.Zip(locks))
        {
            session.Reporter.Line($"  {change.Id}{(change.Path is null ? "  by the SQL from the journal, shown above" : "")}");
            foreach (var line in lines)
                session.Reporter.Line("    " + line);
            if (change.Path is null)
                continue;
            foreach (var line in change.Commands.SelectMany(command => (command.Text + ";").Split('\n')))
                session.Reporter.Line("    " + line);
        }
    }
}
