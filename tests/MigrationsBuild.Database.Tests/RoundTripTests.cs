using System.Globalization;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// The number of round trips to the server. It decides how long a run takes on a remote server, and a test of time can't be trusted.
/// </summary>
[TestClass]
public class RoundTripTests
{
    private const int Many = 11;

    [TestMethod]
    [DataRow("migrate", "", 1)]
    [DataRow("rollback", "base", 1)]
    public void Each_migration_needs_one(string verb, string to, int expected)
    {
        var one = Count(1, verb, to, isMigrated: verb != "migrate");
        var many = Count(Many, verb, to, isMigrated: verb != "migrate");

        Assert.AreEqual(expected * (Many - 1), many - one, $"{one} for one migration, {many} for {Many}.");
    }

    [TestMethod]
    [DataRow("migrate", 10)]
    [DataRow("current", 9)]
    [DataRow("history", 9)]
    public void A_run_that_applies_nothing_needs_the_same_number_for_any_history(string verb, int atMost)
    {
        var one = Count(1, verb, "", isMigrated: true);
        var many = Count(Many, verb, "", isMigrated: true);

        Assert.AreEqual(one, many);
        Assert.IsLessThanOrEqualTo(atMost, many);
    }

    private static int Count(int migrations, string verb, string to, bool isMigrated)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        for (var number = 1; number <= migrations; number++)
            set.AddTable(string.Create(CultureInfo.InvariantCulture, $"202601{number:00}000000_T{number}"));
        // An existing database is not created, and has what a first run creates.
        set.Execute("SELECT 1");
        set.Run("migrate").Succeeds();
        if (!isMigrated)
            set.Run("rollback", to: "base", force: set.Database).Succeeds();
        // One connection must be enough. On a busy machine a run may open another one to find the session that blocks it.
        var connections = 0;
        using var relay = new Relay(
            set.ConnectionString,
            (moment, _) => Task.FromResult(moment != RelayMoment.Connected || Interlocked.Increment(ref connections) == 1));

        set.Run(verb, to: to, force: to.Length > 0 ? set.Database : "", connection: relay.ConnectionString).Succeeds();

        return relay.Requests;
    }
}
