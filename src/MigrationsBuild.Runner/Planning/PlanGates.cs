using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The gates that all plans pass: those of a dry run, and those of a run, while it has the lock and before it changes anything.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class PlanGates(MigrationSession session)
{
    public LockReview Locks { get; } = new(session);

    public LossReview Losses { get; } = new(session);

    /// <summary>Refuses plans that run one after another, before any of them runs.</summary>
    /// <exception cref="MigrationsException">
    /// A migration was edited half-way, takes a lock that the settings don't allow, or drops data that nobody has accepted.
    /// </exception>
    public async Task RefuseAsync(IReadOnlyList<MigrationPlan> plans, CancellationToken cancellation)
    {
        var halfway = new HalfwayMigrations(session);
        foreach (var plan in plans)
            await halfway.RequireUneditedAsync(plan, cancellation);
        foreach (var plan in plans)
            await Locks.RefuseAsync(plan, cancellation);
        await Losses.RequireAcceptedAsync([.. plans.SelectMany(plan => plan.Migrations)], cancellation);
    }
}
