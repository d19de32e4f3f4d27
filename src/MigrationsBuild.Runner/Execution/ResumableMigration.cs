using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Execution;

/// <summary>
/// Runs a migration that isn't one transaction. The journal notes each stretch once it is done, and a later run continues after it. If a
/// statement and its note can't be one transaction, the journal also notes when the statement begins. So a later run can distinguish a
/// statement that may have been executed from one that was not.
/// </summary>
/// <param name="session">The run.</param>
/// <param name="change">The migration.</param>
/// <param name="stretches">Its stretches.</param>
internal sealed class ResumableMigration(MigrationSession session, MigrationChange change, IReadOnlyList<MigrationStretch> stretches)
{
    private readonly string _id = change.Id;
    private readonly List<SqlCommand> _commands = [.. stretches.SelectMany(stretch => stretch.Commands)];

    // Each stretch starts from the same state, so the migration's own settings are repeated before each.
    private readonly List<SqlCommand> _setUp = [];
    private string _notes = "";
    private bool _isReported;

    /// <summary>How many statements are done and kept.</summary>
    public int Finished { get; private set; }

    private Database Database => session.Database;

    /// <summary>Runs the statements that aren't done yet.</summary>
    /// <exception cref="SqlFailure">A statement failed. The finished statements are kept.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var progress = await new HalfwayMigrations(session).ReadAsync(change, cancellation);
        _notes = progress.Notes;
        Report(progress);
        Finished = progress.Done;
        var position = 0;
        _setUp.Clear();
        foreach (var stretch in stretches)
        {
            position += stretch.Commands.Count;
            if (position > progress.Done)
            {
                var rest = Rest(stretch, progress.Done - position + stretch.Commands.Count);
                await ExecuteAsync(rest, position, wasStarted: progress.Started == position, cancellation);
            }

            if (SetsUp(stretch))
                _setUp.Add(stretch.Commands[0]);
            Finished = Math.Max(Finished, position);
        }
    }

    /// <summary>
    /// The statements of a stretch that aren't done. A mark that was added or removed since moves the bounds of stretches.
    /// </summary>
    private static MigrationStretch Rest(MigrationStretch stretch, int done) =>
        done <= 0 ? stretch : stretch with { Commands = [.. stretch.Commands.Skip(done)] };

    private bool SetsUp(MigrationStretch stretch) => !stretch.IsTransaction && Database.SetsUpConnection(stretch.Commands[0]);

    private async Task ExecuteAsync(MigrationStretch stretch, int position, bool wasStarted, CancellationToken cancellation)
    {
        var progress = session.Journal.NoteProgress(_id, _commands[..position]);
        await Database.BeginStretchAsync(_setUp, cancellation);
        if (stretch.IsTransaction)
            await Database.ExecuteTransactionAsync(Transaction(stretch.Commands, progress), cancellation);
        else if (!await TryInTransactionAsync(stretch.Commands[0], progress, cancellation))
            await ExecuteAloneAsync(stretch.Commands[0], position, progress, wasStarted, cancellation);
        _notes = Journal.ProgressNotes(position);
    }

    /// <summary>The first statements of each transaction: they fail if another run has applied or continued the migration.</summary>
    private IReadOnlyList<SqlCommand> Guard => [.. change.Unchanged, .. session.Journal.RequireNotes(_id, _notes)];

    private IReadOnlyList<SqlCommand> Transaction(IEnumerable<SqlCommand> commands, IReadOnlyList<SqlCommand> progress) =>
        [.. Database.FreshState(_setUp), .. Guard, .. commands, .. change.After, .. Database.OwnState, .. progress];

    private async Task<bool> TryInTransactionAsync(SqlCommand command, IReadOnlyList<SqlCommand> progress, CancellationToken cancellation)
    {
        if (!Database.MayBeInTransaction(command))
            return false;
        try
        {
            await Database.ExecuteTransactionAsync(Transaction([command], progress), cancellation);
            return true;
        }
        catch (SqlFailure failure) when (failure.Kind == FailureKind.NotInTransaction)
        {
            return false;
        }
    }

    private async Task ExecuteAloneAsync(
        SqlCommand command, int position, IReadOnlyList<SqlCommand> progress, bool wasStarted, CancellationToken cancellation)
    {
        var isNoted = !wasStarted && !Database.SetsUpConnection(command);
        if (isNoted)
        {
            await Database.ExecuteTransactionAsync([.. Guard, session.Journal.NoteStart(_id, _commands[..position])], cancellation);
            _notes = Journal.StartNotes(_notes, position);
        }

        string? cleared = null;
        try
        {
            cleared = await Database.ClearRemainsAsync(command, _setUp, cancellation);
            if (cleared is not null)
                session.Reporter.Line($"  {_id}  {cleared}");
            await Database.ExecuteOutsideAsync(command, _setUp, cancellation);
        }
        catch (SqlFailure failure) when (failure.Kind != FailureKind.ConnectionLost)
        {
            var mayBeExecuted = wasStarted || cleared is not null;
            if (!mayBeExecuted || !await Database.ShowsExecutedAsync(failure, command, _setUp, cancellation))
            {
                if (isNoted)
                    await Database.ExecuteTransactionAsync([.. Guard, session.Journal.ForgetStart(_id)], CancellationToken.None);
                throw;
            }

            if (cleared is null)
            {
                session.Reporter.Line(
                    $"  {_id}  an earlier run executed statement {position} but ended before it could note this");
            }
        }

        await KeepLockAsync(position, CancellationToken.None);
        await Database.ExecuteTransactionAsync([.. Guard, .. progress], CancellationToken.None);
    }

    /// <summary>
    /// A block that commits can release the run's lock, and another run may have continued this migration since. If it has, the journal
    /// says so.
    /// </summary>
    /// <exception cref="MigrationsException">Another run has the lock, or had it and continued this migration.</exception>
    private async Task KeepLockAsync(int position, CancellationToken cancellation)
    {
        var state = await Database.KeepLockAsync(cancellation);
        if (state == LockState.Kept)
            return;
        var isOurs = state == LockState.TakenAgain
            && (await session.Journal.ReadProgressAsync(_id, _commands, accepted: "", cancellation)).Started == position
            && !(await session.ReadStateAsync(cancellation)).IsApplied(_id);
        if (isOurs)
            return;
        // A run that comes later must not execute the statement again. One that already has the lock may have begun to.
        await session.Journal.NoteEndAsync(_id, _commands[..position], cancellation);
        throw new MigrationsException(MigrationFailures.LockReleased(_id, position));
    }

    private void Report(MigrationProgress progress)
    {
        if (progress.Done > 0 && !_isReported)
        {
            session.Reporter.Line(
                $"  {_id}  continues after its statement {progress.Done} of {_commands.Count}, where an earlier run ended");
        }

        _isReported = true;
    }
}
