using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// Migrations that an earlier run has left half-way. Their executed statements are kept, so the SQL must still begin with them. A run that
/// began from the start would execute a part twice, and one that continued would skip the edited statements.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class HalfwayMigrations(MigrationSession session)
{
    /// <summary>Refuses a plan with a migration whose executed part was edited, before any of the plan runs.</summary>
    /// <exception cref="MigrationsException">
    /// There is one, and the call doesn't accept it; or it can't be in one transaction with the others.
    /// </exception>
    public async Task RequireUneditedAsync(MigrationPlan plan, CancellationToken cancellation)
    {
        if (!session.HasJournal)
            return;
        var unfinished = await session.Journal.ReadUnfinishedIdsAsync(cancellation);
        foreach (var change in plan.Changes.Where(change => unfinished.Contains(change.Id)))
        {
            var progress = await ReadAsync(change, cancellation);
            if (session.Request.Settings.IsOneTransaction && progress.Done + progress.Started > 0)
            {
                throw new MigrationsException(
                    DiagnosticCodes.NotOneTransaction,
                    $"An earlier run has left {change.Id} half-way, and the settings require one transaction for everything, "
                    + $"so nothing is {change.Direction.Participle()}.",
                    Hint.Add("Run the command with a transaction for each migration", "DbTransaction", "migration"));
            }
        }
    }

    /// <summary>The progress of an earlier run with a migration.</summary>
    /// <exception cref="MigrationsException">The executed part was edited since, and the call doesn't accept that.</exception>
    public async Task<MigrationProgress> ReadAsync(MigrationChange change, CancellationToken cancellation)
    {
        var accepted = AcceptSqlOption.HashOf(session);
        var progress = await session.Journal.ReadProgressAsync(change.Id, change.Commands, accepted, cancellation);
        return progress.Edited is { } ran ? throw Refused(change, ran, accepted) : progress;
    }

    private MigrationsException Refused(MigrationChange change, ExecutedPart ran, string accepted)
    {
        var first = ran.Count == 1 ? "first statement" : $"first {ran.Count} statements";
        var state = ran.IsCertain
            ? $"its {first} {(ran.Count == 1 ? "was" : "were")} executed"
            : $"it ended in or just after its statement {ran.Count}";
        return new MigrationsException(
            DiagnosticCodes.ExecutedPartEdited,
            $"An earlier run has left {change.Id} half-way: {state}, and the SQL up to there was edited since, "
            + $"so nothing is {change.Direction.Participle()}. "
            + (accepted.Length > 0 ? $"The call accepts the hash {accepted}, which is not the hash of what ran. " : "")
            + "Restore that part of the SQL from version control. "
            + $"Or bring the database by hand to where the {first} of the edited SQL would have brought it.",
            Hint.Add(
                $"Then have the run continue after {(ran.Count == 1 ? "it" : "them")}",
                "DbAcceptSql",
                ran.Hash[..AcceptSqlOption.FewestDigits]),
            change.Path is null ? null : new Location(session.SqlFiles.Absolute(change.Path), 1, 1));
    }
}
