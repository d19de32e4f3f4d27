using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Runs a migration that isn't one transaction. Each stretch is noted in the journal as it is done, and a later run goes on behind it.
/// Where a statement and its note can't be one transaction, its beginning is noted, too: a run that died in between is told from one
/// that hasn't come so far.
/// </summary>
/// <param name="session">The run.</param>
/// <param name="change">The migration.</param>
/// <param name="stretches">Its stretches.</param>
internal sealed class ResumableMigration(MigrationSession session, MigrationChange change, IReadOnlyList<MigrationStretch> stretches)
{
    private readonly string _id = change.Id;
    private readonly List<SqlCommand> _commands = [.. stretches.SelectMany(stretch => stretch.Commands)];

    // Each stretch starts from the same state, so what the migration has set up for its rest is done again before each.
    private readonly List<SqlCommand> _setUp = [];
    private bool _hasTold;

    /// <summary>How many statements are done for good.</summary>
    public int Finished { get; private set; }

    private Database Database => session.Database;

    /// <summary>Runs what isn't done yet.</summary>
    /// <exception cref="SqlFailure">A statement failed; what is finished stays.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var progress = await new HalfwayMigrations(session).ReadAsync(change, cancellation);
        Tell(progress);
        Finished = progress.Done;
        var position = 0;
        _setUp.Clear();
        foreach (var stretch in stretches)
        {
            position += stretch.Commands.Count;
            if (position > progress.Done)
                await ExecuteAsync(Rest(stretch, progress.Done - position + stretch.Commands.Count), position, wasStarted: progress.Started == position, cancellation);
            if (SetsUp(stretch))
                _setUp.Add(stretch.Commands[0]);
            Finished = Math.Max(Finished, position);
        }
    }

    /// <summary>What isn't done of a stretch: a mark that was put in or taken out since moves the bounds of stretches.</summary>
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
    }

    private IReadOnlyList<SqlCommand> Transaction(IEnumerable<SqlCommand> commands, IReadOnlyList<SqlCommand> progress) =>
        [.. Database.FreshState(_setUp), .. commands, .. change.After, .. Database.OwnState, .. progress];

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

    private async Task ExecuteAloneAsync(SqlCommand command, int position, IReadOnlyList<SqlCommand> progress, bool wasStarted, CancellationToken cancellation)
    {
        var isNoted = !wasStarted && !Database.SetsUpConnection(command);
        if (isNoted)
            await Database.ExecuteTransactionAsync([session.Journal.NoteStart(_id, _commands[..position])], cancellation);
        try
        {
            if (await Database.ClearRemainsAsync(command, cancellation) is { } cleared)
                session.Reporter.Line($"  {_id}  {cleared}");
            await Database.ExecuteOutsideAsync(command, _setUp, cancellation);
        }
        catch (SqlFailure failure) when (wasStarted && IsDone(command, failure))
        {
            session.Reporter.Line($"  {_id}  its statement {position} was done by a run that died before it could note it");
        }
        catch (SqlFailure failure) when (isNoted && failure.Kind != FailureKind.ConnectionLost)
        {
            await Database.ExecuteTransactionAsync([session.Journal.ForgetStart(_id)], CancellationToken.None);
            throw;
        }

        await KeepLockAsync(position, CancellationToken.None);
        await Database.ExecuteTransactionAsync(progress, CancellationToken.None);
    }

    /// <summary>
    /// A block that commits can release our lock, and another run may have done anything since. If it has, the journal says so.
    /// </summary>
    /// <exception cref="MigrationsException">Another run has the lock, or had it and went on with this migration.</exception>
    private async Task KeepLockAsync(int position, CancellationToken cancellation)
    {
        var state = await Database.KeepLockAsync(cancellation);
        if (state == LockState.Kept)
            return;
        var isOurs = state == LockState.TakenAgain
            && (await session.Journal.ReadProgressAsync(_id, _commands, accepted: "", cancellation)).Started == position
            && !(await session.ReadStateAsync(cancellation)).IsApplied(_id);
        if (!isOurs)
            throw new MigrationsException(MigrationFailures.LockLost($"Its statement {position} was executed. "));
    }

    /// <summary>What was to be made is there, or what was to be dropped isn't: the run that began with it came to its end.</summary>
    private static bool IsDone(SqlCommand command, SqlFailure failure) => command.Statement is { Words: [var verb, ..] }
        && (failure.Kind == FailureKind.AlreadyExists && verb is "CREATE" or "ALTER" || failure.Kind == FailureKind.Missing && verb == "DROP");

    private void Tell(MigrationProgress progress)
    {
        if (progress.Done > 0 && !_hasTold)
            session.Reporter.Line($"  {_id}  goes on behind its statement {progress.Done} of {_commands.Count}, where an earlier run ended");
        _hasTold = true;
    }
}
