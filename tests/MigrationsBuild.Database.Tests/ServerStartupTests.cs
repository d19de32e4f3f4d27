using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A server that is not started yet, and one that is started and accepts no connections yet.</summary>
[TestClass]
public class ServerStartupTests
{
    private const string Id = "20260101000000_A";

    private static RunSettings Patient { get; } = new() { ConnectTimeout = TimeSpan.FromMinutes(1) };

    [TestMethod]
    public void The_run_waits_for_it_as_long_as_the_setting_says()
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
    public void The_run_always_waits_for_a_server_that_reports_that_it_is_starting()
    {
        using var server = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(Id);

        // A standby that accepts no connections before the end of its recovery.
        server.Stop();
        server.StartInRecovery();
        using var run = new RunningRunner(set);
        run.WaitForLine("[57P03]");
        server.Promote();

        run.End().Succeeds();
    }
}
