using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>What a run does that nobody disturbs.</summary>
/// <param name="Snapshot">What the database holds then.</param>
/// <param name="Time">How long it takes.</param>
/// <param name="Requests">How many requests it sends to the server.</param>
public sealed record UndisturbedRun(DatabaseSnapshot Snapshot, TimeSpan Time, int Requests)
{
    /// <summary>Runs the migrations on a new database.</summary>
    /// <exception cref="InvalidOperationException">They fail even undisturbed.</exception>
    public static async Task<UndisturbedRun> Take(PostgreSqlServer server, Deployment deployment)
    {
        var database = PostgreSqlServer.NewName();
        server.Execute("postgres", $"CREATE DATABASE {database}");
        try
        {
            using var relay = new Relay(server.ConnectionString(database), (_, _) => Task.FromResult(true));
            using var process = deployment.Start(relay.ConnectionString);
            var run = await process.EndAsync();
            return run.ExitCode == 0
                ? new UndisturbedRun(DatabaseSnapshot.Of(server, database), run.Time, relay.Requests)
                : throw new InvalidOperationException(run.ToString());
        }
        finally
        {
            server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
        }
    }
}
