using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>
/// Runs that wait while one of them executes CREATE INDEX CONCURRENTLY, which waits for every snapshot that is older: two that wait for
/// each other are found by the server after <c>deadlock_timeout</c>, which is short here.
/// </summary>
/// <param name="server">The server.</param>
public sealed class ConcurrentIndexRounds(PostgreSqlServer server) : CrowdRounds(server, Deployment.Of(ConcurrentIndexMigrations.All))
{
    /// <inheritdoc/>
    public override string Name => "concurrently";

    /// <inheritdoc/>
    public override string About => "8 at once; indexes are built `CONCURRENTLY` while 7 wait";

    /// <inheritdoc/>
    protected override Task PrepareAsync(Round round, Random random)
    {
        CreateDatabase(round);
        Server.Execute("postgres", $"ALTER DATABASE {round.Database} SET deadlock_timeout = '100ms'");
        return Task.CompletedTask;
    }
}
