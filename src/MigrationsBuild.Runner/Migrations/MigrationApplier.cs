using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Applies and reverts one migration: one transaction, unless statements of it must run outside of one. Then each stretch is noted in
/// the journal as it is done, and a later run goes on behind it.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class MigrationApplier(MigrationSession session)
{
    // Of the migration that runs: how many statements are done for good.
    private int _finished;

    private Database Database => session.Database;

    /// <summary>Applies a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="before">How many this run has applied already, for the error's text.</param>
    /// <returns>Whether it was applied here; somebody else may have done it meanwhile.</returns>
    /// <exception cref="MigrationsException">A statement of it failed.</exception>
    public async Task<bool> ApplyAsync(ManifestMigration migration, int before, CancellationToken cancellation)
    {
        var stopwatch = Stopwatch.StartNew();
        var path = migration.UpPath!;
        var commands = session.Scripts.Statements(path);
        var downSql = migration.DownPath is null ? null : session.Scripts.Body(migration.DownPath);
        var steps = Database.Steps(commands);
        IReadOnlyList<SqlCommand> Log() => session.Journal.LogApplied(migration.Id, migration.UpHash, downSql, Elapsed(stopwatch, steps));
        try
        {
            if (steps.IsOneTransaction)
            {
                // The history's row comes first: its key keeps EF Core's tool, and a second run, from the same migration.
                await ExecuteAsync(steps, [session.InsertHistory(migration.Id), .. steps.Stretches.SelectMany(stretch => stretch.Commands), .. Log()], cancellation);
                return true;
            }

            await ExecuteInStretchesAsync(migration.Id, steps, cancellation);
            await Database.ExecuteTransactionAsync([session.InsertHistory(migration.Id), .. Log()], cancellation);
            return true;
        }
        catch (SqlFailure failure) when (failure.Kind == FailureKind.DuplicateKey && failure.Command?.Statement is null)
        {
            var state = await session.ReadStateAsync(cancellation);
            if (state.IsApplied(migration.Id))
                return false;
            throw;
        }
        catch (SqlFailure failure)
        {
            var explained = Explain(failure, migration.Id, path, steps, before, "applied");
            throw failure.Kind == FailureKind.AlreadyExists ? await WithObjectsAsync(explained, commands, cancellation) : explained;
        }
    }

    /// <summary>Which of the things that a migration makes exist: all of them, and it only wants to be noted; some, and somebody has to look.</summary>
    private async Task<MigrationsException> WithObjectsAsync(MigrationsException failure, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        var dialect = SqlDialects.OfProvider(session.Manifest.Provider);
        var exist = new List<string>();
        var lack = new List<string>();
        foreach (var created in commands.Select(command => CreatedObject.Of(command.Text, dialect)).OfType<CreatedObject>().Where(created => !created.IfNotExists).Distinct())
            (await Database.ExistsAsync(created, cancellation) ? exist : lack).Add(created.ToString());
        var objects = $" Of what it makes, there is: {StateReport.List(exist)}{(lack.Count > 0 ? $"; there isn't: {StateReport.List(lack)}" : ", which is all")}.";
        return new MigrationsException(failure.Diagnostic with { Message = failure.Message + objects }, failure.InnerException);
    }

    /// <summary>Reverts a migration.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">What takes it back.</param>
    /// <param name="path">The file that the statements are from, as the manifest has it; <see langword="null"/> if they are the journal's.</param>
    /// <param name="before">How many this run has reverted already, for the error's text.</param>
    /// <exception cref="MigrationsException">A statement of it failed.</exception>
    public async Task RevertAsync(string id, IReadOnlyList<SqlCommand> commands, string? path, int before, CancellationToken cancellation)
    {
        var stopwatch = Stopwatch.StartNew();
        var steps = Database.Steps(commands);
        try
        {
            IReadOnlyList<SqlCommand> End() => [.. session.Journal.LogReverted(id, Elapsed(stopwatch, steps)), session.DeleteHistory(id)];
            if (steps.IsOneTransaction)
            {
                await ExecuteAsync(steps, [.. steps.Stretches.SelectMany(stretch => stretch.Commands), .. End()], cancellation);
                return;
            }

            await ExecuteInStretchesAsync(id, steps, cancellation);
            await Database.ExecuteTransactionAsync(End(), cancellation);
        }
        catch (SqlFailure failure)
        {
            throw Explain(failure, id, path, steps, before, "reverted");
        }
    }

    private async Task ExecuteAsync(MigrationSteps steps, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        foreach (var command in steps.Before)
            await Database.ExecuteOutsideAsync(command, cancellation);
        await Database.ExecuteTransactionAsync(commands, cancellation);
        foreach (var command in steps.After)
            await Database.ExecuteOutsideAsync(command, cancellation);
    }

    private async Task ExecuteInStretchesAsync(string id, MigrationSteps steps, CancellationToken cancellation)
    {
        var commands = steps.Stretches.SelectMany(stretch => stretch.Commands).ToList();
        var done = await session.Journal.ReadProgressAsync(id, commands, cancellation);
        if (done > 0)
            session.Reporter.Line($"  {id}  goes on behind its statement {done} of {commands.Count}, where an earlier run ended");
        _finished = done;
        var position = 0;
        foreach (var stretch in steps.Stretches)
        {
            position += stretch.Commands.Count;
            if (position > done)
                await ExecuteStretchAsync(id, stretch, session.Journal.NoteProgress(id, commands[..position]), cancellation);
            else if (!stretch.IsTransaction && Database.SetsUpConnection(stretch.Commands[0]))
                await Database.ExecuteOutsideAsync(stretch.Commands[0], cancellation);
            _finished = Math.Max(_finished, position);
        }
    }

    private async Task ExecuteStretchAsync(string id, MigrationStretch stretch, IReadOnlyList<SqlCommand> progress, CancellationToken cancellation)
    {
        if (stretch.IsTransaction)
        {
            await Database.ExecuteTransactionAsync([.. stretch.Commands, .. progress], cancellation);
            return;
        }

        if (await Database.ClearRemainsAsync(stretch.Commands[0], cancellation) is { } cleared)
            session.Reporter.Line($"  {id}  {cleared}");
        await Database.ExecuteOutsideAsync(stretch.Commands[0], cancellation);
        await Database.ExecuteTransactionAsync(progress, CancellationToken.None);
    }

    /// <summary>A database that can tell how long its transaction takes does so; it knows nothing of the stretches before it.</summary>
    private TimeSpan? Elapsed(Stopwatch stopwatch, MigrationSteps steps) => Database.ElapsedMilliseconds is null || !steps.IsOneTransaction ? stopwatch.Elapsed : null;

    private MigrationsException Explain(SqlFailure failure, string id, string? path, MigrationSteps steps, int before, string verb)
    {
        var place = path is not null && failure.Command?.Statement is not null ? session.Scripts.PlaceOf(path, failure)
            : path is not null ? new Place(session.Scripts.Absolute(path), 1, 1)
            : null;
        var kept = $"{id} is not {verb}, " + (steps.IsOneTransaction || _finished == 0 ? "nothing of it was done" : $"its first {_finished} statements stay, and the next run goes on behind them")
            + (before == 0 ? "." : $". {(before == 1 ? "1 migration was" : $"{before} migrations were")} {verb} before it.");
        return failure.Kind switch
        {
            FailureKind.Cancelled => new(DiagnosticCodes.Interrupted, $"The run was interrupted in {id}. {kept} Run again to go on.", place, failure),
            FailureKind.ConnectionLost => new(DiagnosticCodes.Unreachable, $"The connection was lost in {id}: {failure.Message}. {kept} Run again to go on.", place, failure),
            FailureKind.NoRights => new(DiagnosticCodes.NoRights, $"{failure.Message}. {kept} Connect as a user who owns the tables and may create in their schema.", place, failure),
            FailureKind.AlreadyExists => new(
                DiagnosticCodes.AlreadyExists,
                $"{failure.Message}. {kept} If the database has all that {id} does, say so: dotnet build -t:DbStamp -p:DbRev={id}",
                place, failure),
            _ => new(DiagnosticCodes.SqlFailed, $"{failure.Message}. {kept}", place, failure),
        };
    }
}
