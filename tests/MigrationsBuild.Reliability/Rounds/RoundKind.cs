using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>A kind of test rounds for the runner. Each round has a database of its own.</summary>
/// <param name="server">The server; some kinds crash it.</param>
/// <param name="deployment">The runner and its migrations.</param>
public abstract class RoundKind(PostgreSqlServer server, Deployment deployment) : IDisposable
{
    private UndisturbedRun? _undisturbedRun;

    /// <summary>The name for the command line.</summary>
    public abstract string Name { get; }

    /// <summary>A description for the table.</summary>
    public abstract string About { get; }

    /// <summary>The server.</summary>
    protected PostgreSqlServer Server => server;

    /// <summary>The runner and its migrations.</summary>
    protected Deployment Deployment => deployment;

    /// <summary>The result of an undisturbed run.</summary>
    protected UndisturbedRun UndisturbedRun => _undisturbedRun ??= MeasureUndisturbedAsync().GetAwaiter().GetResult();

    /// <summary>Runs a round.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="seed">With the number, decides all that is left to chance.</param>
    public async Task<Round> PlayAsync(int number, int seed)
    {
        var round = new Round(Name, number, seed, PostgreSqlServer.NewName());
        try
        {
            _ = UndisturbedRun;
            await PlayAsync(round, new Random(unchecked((seed * 7919) + number)));
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or InvalidOperationException or TimeoutException or IOException)
        {
            round.Lose(failure.ToString());
        }

        server.WaitUntilReady();
        server.Execute("postgres", $"DROP DATABASE IF EXISTS {round.Database} WITH (FORCE)");
        return round;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a round.</summary>
    /// <param name="round">Takes what happens.</param>
    /// <param name="random">Decides what is left to chance.</param>
    protected abstract Task PlayAsync(Round round, Random random);

    /// <summary>Runs the migrations undisturbed.</summary>
    protected virtual Task<UndisturbedRun> MeasureUndisturbedAsync() => UndisturbedRun.Take(server, deployment);

    /// <summary>Removes the objects that the rounds share.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => deployment.Dispose();

    /// <summary>Creates the round's database.</summary>
    /// <param name="round">The round.</param>
    protected void CreateDatabase(Round round) => server.Execute("postgres", $"CREATE DATABASE {round.Database}");

    /// <summary>Loses the round unless the database has the same contents as after an undisturbed run.</summary>
    /// <param name="round">The round.</param>
    protected void Compare(Round round)
    {
        if (DatabaseSnapshot.Of(server, round.Database).DifferenceTo(UndisturbedRun.Snapshot) is { Length: > 0 } difference)
            round.Lose($"The database isn't as after an undisturbed run (-):\n{difference}");
        ExpectNothing(round, "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid", "Invalid indexes remain");
        ExpectEqual(round, deployment.Ids, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1", "The history");
    }

    /// <summary>
    /// Loses the round unless the journal says of each migration once that it was applied, and nothing of one that is half done.
    /// </summary>
    /// <param name="round">The round.</param>
    protected void CompareJournal(Round round)
    {
        ExpectNothing(
            round,
            "SELECT \"MigrationId\", \"Action\" FROM \"__MigrationsBuildJournal\" WHERE \"Action\" NOT IN ('applied', 'development')",
            "The journal still holds");
        ExpectEqual(
            round,
            deployment.Ids,
            "SELECT \"MigrationId\" FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied' ORDER BY 1",
            "The journal");
    }

    private void ExpectNothing(Round round, string query, string what)
    {
        if (server.Query(round.Database, query) is { Count: > 0 } rows)
            round.Lose($"{what}: {string.Join(", ", rows)}");
    }

    private void ExpectEqual(Round round, IReadOnlyList<string> expected, string query, string what)
    {
        var rows = server.Query(round.Database, query);
        if (!rows.SequenceEqual(expected))
            round.Lose($"{what} holds {rows.Count} migrations: {string.Join(", ", rows)}");
    }
}
