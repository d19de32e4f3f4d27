using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A connection string that names several servers, and servers that only read.</summary>
[TestClass]
public class MultipleHostsTests
{
    private const string A = "20260101000000_A";

    [TestMethod]
    public void Of_several_servers_the_primary_is_migrated()
    {
        using var standby = PostgreSqlServer.StartOwn();
        standby.Stop();
        standby.StartAsStandby();
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        var connection = Hosts(set.Database, standby, set.Server);

        set.Run("migrate", connection: connection).Succeeds();

        Assert.HasCount(1, set.History);
        Assert.Contains($"{A} (head)", set.Run("current", connection: connection).Succeeds().Lines);
        set.Run("rollback", to: "base", connection: connection).Succeeds();
    }

    [TestMethod]
    public void A_standby_alone_is_a_reason_to_come_back_later()
    {
        using var server = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(A);
        set.Execute("CREATE TABLE other (id integer)");
        server.Stop();
        server.StartAsStandby();

        Assert.Contains("is read-only: it is a standby", set.Run("migrate").FailsWith(DiagnosticCodes.Unreachable).Message);
        set.Run("current").Succeeds();
        using var run = new RunningRunner(set, new RunSettings { ConnectTimeout = TimeSpan.FromMinutes(1) });
        run.WaitForLine("Waiting for the server");
        server.Promote();

        run.End().Succeeds();
        Assert.HasCount(1, set.History);
    }

    [TestMethod]
    public void A_server_that_stops_taking_changes_is_a_reason_to_come_back_later()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "SET TRANSACTION READ ONLY;\nCREATE TABLE a (id integer);\n", null);

        Assert.Contains("a failover is in progress", set.Run("migrate").FailsWith(DiagnosticCodes.Unreachable).Message);
    }

    [TestMethod]
    public void All_connections_of_a_run_go_to_one_server()
    {
        using var other = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "ALTER TABLE a ADD n integer;\n", null);
        using var elsewhere = new MigrationSet(SqlDialect.PostgreSql) { Server = other };
        set.Execute("CREATE TABLE a (id integer)");
        other.Execute("postgres", $"CREATE DATABASE {set.Database}");
        other.Execute(set.Database, "CREATE TABLE a (id integer)");
        using var here = new OpenTransaction(set, "LOCK TABLE a");
        using var there = new NpgsqlConnection(other.ConnectionString(set.Database));
        there.Open();
        using (var command = new NpgsqlCommand("BEGIN; LOCK TABLE a", there))
            command.ExecuteNonQuery();

        // With load balancing each connection would go to another server than the one before.
        using var run = new RunningRunner(
            set,
            request => request with
            {
                Settings = new RunSettings
                {
                    LockTimeout = TimeSpan.FromSeconds(1),
                    Retries = 100,
                    RetryDelay = TimeSpan.FromSeconds(0.1),
                },
            },
            Hosts(set.Database, set.Server, other) + ";Load Balance Hosts=true");

        var line = run.WaitForLine("Waiting for a lock: pid ");
        Assert.IsTrue(
            line.Contains($"pid {here.ProcessId},", StringComparison.Ordinal) || line.Contains(
                $"pid {there.ProcessID},", StringComparison.Ordinal),
            line);
        here.Dispose();
        there.Dispose();
        run.End().Succeeds();
    }

    private static string Hosts(string database, params PostgreSqlServer[] servers)
    {
        var all = servers.Select(server => new NpgsqlConnectionStringBuilder(server.ConnectionString(database))).ToList();
        all[0].Host = string.Join(",", all.Select(server => $"{server.Host}:{server.Port}"));
        all[0].Remove("Port");
        return all[0].ConnectionString;
    }
}
