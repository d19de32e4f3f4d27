using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>A run without faults, with which the results of the others are compared.</summary>
/// <param name="Snapshot">The contents of the database after the run.</param>
/// <param name="Time">The duration.</param>
/// <param name="Requests">The number of requests to the server.</param>
public sealed record UndisturbedRun(DatabaseSnapshot Snapshot, TimeSpan Time, int Requests)
{
    /// <summary>Runs the migrations on a new database.</summary>
    /// <exception cref="InvalidOperationException">They fail without faults.</exception>
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
