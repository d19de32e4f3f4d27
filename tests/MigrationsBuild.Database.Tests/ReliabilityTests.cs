using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// A few rounds of <c>tests/MigrationsBuild.Reliability</c>, which plays them by the hundred: see <c>docs/reliability.md</c>.
/// </summary>
[TestClass]
public class ReliabilityTests
{
    [TestMethod]
    [DataRow("crowd")]
    [DataRow("kill-runner")]
    [DataRow("kill-between")]
    [DataRow("restart-immediate")]
    public Task A_round_isnt_lost(string name) => PlayAsync(name, 1);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    [DynamicData(nameof(Kinds))]
    public Task Nor_is_one_of_several(string name) => PlayAsync(name, 5);

    private static IEnumerable<string> Kinds => RoundKinds.All;

    private static async Task PlayAsync(string name, int rounds)
    {
        var seed = Random.Shared.Next(1, 1_000_000);
        using var own = RoundKinds.CrashesServer(name) ? PostgreSqlServer.StartOwn() : null;
        using var kind = RoundKinds.Create(name, own ?? PostgreSqlServer.Shared);
        for (var number = 1; number <= rounds; number++)
        {
            var round = await kind.PlayAsync(number, seed);
            Assert.IsFalse(round.IsLost, round.ToString());
        }
    }
}
