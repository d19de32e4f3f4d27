using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A server that isn't there yet, and one that is, and lets nobody in yet.</summary>
[TestClass]
public class ServerStartupTests
{
    private const string Id = "20260101000000_A";

    private static RunSettings Patient { get; } = new() { ConnectTimeout = TimeSpan.FromMinutes(1) };

    [TestMethod]
    public void It_is_waited_for_as_long_as_one_is_told_to()
    {
        using var server = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(Id);
        server.Stop();

        set.Run("migrate").FailsWith(DiagnosticCodes.Unreachable);
        using var run = new RunningRunner(set, Patient);
        run.WaitForLine("Waiting for the server: No server answers for database");
        server.Start();

        run.End().Succeeds();
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void One_that_says_that_it_is_starting_up_is_always_waited_for()
    {
        using var server = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(Id);

        // A standby that waits for the end of its recovery, and lets nobody in before.
        server.Stop();
        server.StartInRecovery();
        using var run = new RunningRunner(set);
        run.WaitForLine("[57P03]");
        server.Promote();

        run.End().Succeeds();
    }
}
