using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A few rounds of <c>tests/MigrationsBuild.Reliability</c>, which plays them by the hundred: see <c>docs/reliability.md</c>.</summary>
[TestClass]
[DoNotParallelize]
public class ReliabilityTests
{
    private static PostgreSqlServer? _server;

    [ClassInitialize]
    public static void StartServer(TestContext context) => _server = PostgreSqlServer.StartOwn();

    [ClassCleanup]
    public static void StopServer() => _server?.Dispose();

    [TestMethod]
    [DataRow("crowd", 3)]
    [DataRow("concurrently", 1)]
    [DataRow("hostile", 3)]
    [DataRow("kill-runner", 2)]
    [DataRow("kill-between", 3)]
    [DataRow("cut-connection", 2)]
    [DataRow("terminate-backend", 2)]
    [DataRow("kill-backend", 2)]
    [DataRow("restart-fast", 1)]
    [DataRow("restart-immediate", 1)]
    public async Task No_round_is_lost(string name, int rounds)
    {
        var seed = Random.Shared.Next(1, 1_000_000);
        using var kind = RoundKinds.Create(name, _server!);
        for (var number = 1; number <= rounds; number++)
        {
            var round = await kind.PlayAsync(number, seed);
            Assert.IsFalse(round.IsLost, round.ToString());
        }
    }
}
