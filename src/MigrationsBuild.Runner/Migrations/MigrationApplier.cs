using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Applies and reverts migrations: each one transaction, unless statements of it must run outside of one; or, if <c>DbTransaction</c>
/// says so, all of them one.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class MigrationApplier(MigrationSession session)
{
    private readonly MigrationFailures _failures = new(session);
    private readonly Retries _retries = new(session);

    private Database Database => session.Database;

    /// <summary>Applies or reverts one migration.</summary>
    /// <param name="change">What is to be done.</param>
    /// <returns>Whether it was done here; another run may have been faster.</returns>
    /// <exception cref="MigrationsException">A statement of it failed, or the run was interrupted.</exception>
    public async Task<bool> RunAsync(MigrationChange change, CancellationToken cancellation)
    {
        session.Notices.Expect(change);
        var steps = change.Steps;
        // One that was begun in stretches goes on in them, though its marks were taken out since.
        var stretched = session.Journal.IsUnfinished(change.Id) ? new ResumableMigration(session, change, MigrationSteps.Of(change.Commands).Stretches)
            : steps.IsOneTransaction ? null
            : new ResumableMigration(session, change, steps.Stretches);
        try
        {
            await _retries.RunAsync(change.Id, () => RunAsync(change, steps, stretched, cancellation), cancellation);
            session.Progress.Complete(1);
            return true;
        }
        catch (SqlFailure failure)
        {
            if (change.FailedAtHistory(failure)
                && await session.ReadStateAsync(cancellation) is var state && change.IsOvertaken(failure, state))
                return IsDoneElsewhere(change, state) ? false : throw Overtaken(state, Before(change), failure);
            session.Progress.Note(failure);
            throw await _failures.ExplainAsync(failure, change, Kept(change, stretched, !failure.IsOutcomeUnknown), cancellation);
        }
        catch (OperationCanceledException failure)
        {
            throw _failures.Interrupted(change, Kept(change, stretched, isKnown: true), place: null, failure);
        }
    }

    /// <summary>Applies or reverts several migrations in one transaction.</summary>
    /// <param name="changes">The migrations, in their order.</param>
    /// <param name="steps">The steps of that transaction: see <see cref="MigrationPlan.OneTransaction"/>.</param>
    /// <exception cref="MigrationsException">A statement failed, or the run was interrupted; nothing of it is done.</exception>
    public async Task RunTogetherAsync(IReadOnlyList<MigrationChange> changes, MigrationSteps steps, CancellationToken cancellation)
    {
        session.Notices.Expect(changes);
        var inside = steps.Stretches.SelectMany(stretch => stretch.Commands).ToHashSet(ReferenceEqualityComparer.Instance);
        var kept = $"Nothing of the {(changes.Count == 1 ? "migration" : $"{changes.Count} migrations")} was {changes[0].Direction.Participle()}.";
        List<SqlCommand> all = [.. changes.SelectMany(change => change.Whole(Database, change.Commands.Where(inside.Contains), milliseconds: null)), .. steps.Checks];
        try
        {
            await _retries.RunAsync($"{changes.Count} in one transaction", () => ExecuteAsync(steps, all, cancellation), cancellation);
            session.Progress.Complete(changes.Count);
        }
        catch (SqlFailure failure)
        {
            if (changes.FirstOrDefault(change => change.FailedAtHistory(failure)) is { } first
                && await session.ReadStateAsync(cancellation) is var state && first.IsOvertaken(failure, state))
            {
                throw Overtaken(state, kept, failure);
            }

            session.Progress.Note(failure);
            var change = changes.FirstOrDefault(change => failure.Command is { } command && change.Commands.Contains(command))
                ?? changes[0] with { Path = null };
            var outcome = failure.IsOutcomeUnknown ? "It is unknown whether the transaction was committed. The next run will find out." : kept;
            throw await _failures.ExplainAsync(failure, change, outcome, cancellation);
        }
        catch (OperationCanceledException failure)
        {
            throw _failures.Interrupted(changes[0], kept, place: null, failure);
        }
    }

    private async Task RunAsync(MigrationChange change, MigrationSteps steps, ResumableMigration? stretched, CancellationToken cancellation)
    {
        await Database.BeginStretchAsync([], cancellation);
        if (stretched is null)
        {
            await ExecuteAsync(steps, change.Whole(Database, [.. steps.Stretches.SelectMany(stretch => stretch.Commands), .. steps.Checks], Database.ElapsedMilliseconds), cancellation);
            return;
        }

        var stopwatch = Stopwatch.StartNew();
        await stretched.RunAsync(cancellation);
        await Database.ExecuteTransactionAsync(change.End(Database, stopwatch.Elapsed), cancellation);
    }

    private async Task ExecuteAsync(MigrationSteps steps, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        foreach (var command in steps.Before)
            await Database.ExecuteOutsideAsync(command, [], cancellation);
        try
        {
            await Database.ExecuteTransactionAsync(commands, cancellation);
        }
        finally
        {
            foreach (var command in steps.After)
                await Database.ExecuteOutsideAsync(command, [], CancellationToken.None);
        }
    }

    /// <summary>Whether another run has done the same, and the call did not count from what was applied.</summary>
    private bool IsDoneElsewhere(MigrationChange change, DatabaseState state) =>
        change.IsIn(state) && session.Progress.Destination is not { IsRelative: true };

    /// <summary>What this run has done before a migration: a sentence.</summary>
    private string Before(MigrationChange change) => session.Progress.Completed switch
    {
        0 => "Nothing was changed.",
        1 => $"1 migration was {change.Direction.Participle()} before that.",
        var count => $"{count} migrations were {change.Direction.Participle()} before that.",
    };

    private MigrationsException Overtaken(DatabaseState state, string kept, SqlFailure failure) =>
        session.Progress.Destination is { IsRelative: true }
            ? session.Progress.Moved(state, kept)
            : new(DiagnosticCodes.Locked, $"Another run has changed the history meanwhile. {kept} Run the command again.", inner: failure);

    /// <summary>What of a migration that failed is done, and how many were done before it: one or two sentences.</summary>
    private string Kept(MigrationChange change, ResumableMigration? stretched, bool isKnown)
    {
        var before = session.Progress.Completed;
        var isNot = $"{change.Id} is not {change.Direction.Participle()}";
        return (!isKnown ? $"It is unknown whether {change.Id} was {change.Direction.Participle()}. The next run will find out"
                : stretched is { Finished: > 0 }
                    ? $"{isNot}. {(stretched.Finished == 1 ? "Its first statement is" : $"Its first {stretched.Finished} statements are")} kept, and the next run continues after them"
                : $"{isNot}; none of its statements took effect")
            + (before == 0 ? "." : $". {(before == 1 ? "1 migration was" : $"{before} migrations were")} {change.Direction.Participle()} before it.");
    }
}
