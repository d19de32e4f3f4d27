using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>
/// Applies and reverts migrations. Each is one transaction, unless some of its statements must run outside of one. With
/// <c>DbTransaction=all</c> all migrations are one transaction.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class MigrationApplier(MigrationSession session)
{
    private readonly MigrationFailures _failures = new(session);
    private readonly Retries _retries = new(session);

    private Database Database => session.Database;

    /// <summary>Applies or reverts one migration.</summary>
    /// <returns>Whether this run has done it; another run may have been faster.</returns>
    /// <exception cref="MigrationsException">A statement of it failed, or the run was interrupted.</exception>
    public async Task<bool> RunAsync(MigrationChange change, CancellationToken cancellation)
    {
        session.Notices.Expect(change);
        var steps = change.Steps;
        var resumable = Resumable(change, steps);
        try
        {
            await _retries.RunAsync(change.Id, () => RunAsync(change, steps, resumable, cancellation), cancellation);
            session.Progress.Complete(1);
            return true;
        }
        catch (SqlFailure failure)
        {
            if (change.FailedAtHistory(failure)
                && await session.ReadStateAsync(cancellation) is var state && change.IsOvertaken(failure, state))
            {
                return IsDoneElsewhere(change, state) ? false : throw Overtaken(state, Before(change), failure);
            }

            session.Progress.Note(failure);
            throw await _failures.ExplainAsync(failure, change, Kept(change, resumable, !failure.IsOutcomeUnknown), cancellation);
        }
        catch (OperationCanceledException failure)
        {
            throw _failures.Interrupted(change, Kept(change, resumable, isKnown: true), location: null, failure);
        }
    }

    /// <summary>Applies or reverts several migrations in one transaction.</summary>
    /// <param name="changes">The migrations, in their order.</param>
    /// <param name="steps">The steps of that transaction: see <see cref="MigrationPlan.OneTransaction"/>.</param>
    /// <exception cref="MigrationsException">A statement failed, or the run was interrupted; the transaction is rolled back.</exception>
    public async Task RunTogetherAsync(IReadOnlyList<MigrationChange> changes, MigrationSteps steps, CancellationToken cancellation)
    {
        session.Notices.Expect(changes);
        var inside = steps.Stretches.SelectMany(stretch => stretch.Commands).ToHashSet(ReferenceEqualityComparer.Instance);
        var all = changes.Count == 1 ? "migration" : $"{changes.Count} migrations";
        var kept = $"Nothing of the {all} was {changes[0].Direction.Participle()}.";
        List<SqlCommand> commands =
        [
            .. changes.SelectMany(change => change.Whole(Database, change.Commands.Where(inside.Contains), milliseconds: null)),
            .. steps.Checks,
        ];
        try
        {
            await _retries.RunAsync($"{changes.Count} in one transaction", () => ExecuteAsync(steps, commands, cancellation), cancellation);
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
            var outcome = failure.IsOutcomeUnknown
                ? "It is unknown whether the transaction was committed. The next run will find out."
                : kept;
            throw await _failures.ExplainAsync(failure, change, outcome, cancellation);
        }
        catch (OperationCanceledException failure)
        {
            throw _failures.Interrupted(changes[0], kept, location: null, failure);
        }
    }

    /// <summary>A migration that was begun in stretches continues in them, even if its marks were removed since.</summary>
    private ResumableMigration? Resumable(MigrationChange change, MigrationSteps steps)
    {
        if (session.Journal.IsUnfinished(change.Id))
            return new ResumableMigration(session, change, MigrationSteps.Of(change.Commands).Stretches);
        return steps.IsOneTransaction ? null : new ResumableMigration(session, change, steps.Stretches);
    }

    private async Task RunAsync(MigrationChange change, MigrationSteps steps, ResumableMigration? resumable, CancellationToken cancellation)
    {
        await Database.BeginStretchAsync([], cancellation);
        if (resumable is null)
        {
            SqlCommand[] commands = [.. steps.Stretches.SelectMany(stretch => stretch.Commands), .. steps.Checks];
            await ExecuteAsync(steps, change.Whole(Database, commands, Database.ElapsedMilliseconds), cancellation);
            return;
        }

        var stopwatch = Stopwatch.StartNew();
        await resumable.RunAsync(cancellation);
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

    /// <summary>The changes of this run before a migration, as a sentence.</summary>
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

    /// <summary>
    /// The changes that are kept of a migration that failed, and the number of migrations before it: one or two sentences.
    /// </summary>
    private string Kept(MigrationChange change, ResumableMigration? resumable, bool isKnown)
    {
        var before = session.Progress.Completed;
        var done = change.Direction.Participle();
        var own = (isKnown, resumable?.Finished) switch
        {
            (false, _) => $"It is unknown whether {change.Id} was {done}. The next run will find out.",
            (_, null or 0) => $"{change.Id} is not {done}; none of its statements took effect.",
            (_, 1) => $"{change.Id} is not {done}. Its first statement is kept, and the next run continues after it.",
            (_, var count) => $"{change.Id} is not {done}. Its first {count} statements are kept, and the next run continues after them.",
        };
        return before switch
        {
            0 => own,
            1 => $"{own} 1 migration was {done} before it.",
            _ => $"{own} {before} migrations were {done} before it.",
        };
    }
}
