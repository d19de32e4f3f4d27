using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A pooler between the runner and the server.</summary>
[TestClass]
public class PoolerTests
{
    [TestMethod]
    [DataRow("transaction", 20)]
    [DataRow("transaction", 1)]
    [DataRow("statement", 20)]
    public void One_that_changes_connections_between_transactions_is_refused(string mode, int poolSize)
    {
        using var set = Create();
        using var pooler = Start(mode, poolSize);

        var error = set.Run("migrate", connection: Through(pooler, set)).FailsWith(DiagnosticCodes.TransactionPooling);

        Assert.Contains("pool_mode = session", error.Message);
        Assert.IsEmpty(set.Tables);
        CollectionAssert.AreEqual(
            new[] { "0" },
            set.Query(
                $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{set.Database}' AND query LIKE '%SET lock_timeout%' AND pid <> "
                + "pg_backend_pid()").ToArray(),
            "Nothing was set on a connection that others share.");
    }

    [TestMethod]
    [DataRow(20)]
    [DataRow(1)]
    public void One_that_keeps_them_is_fine(int poolSize)
    {
        using var set = Create();
        using var pooler = Start("session", poolSize);

        set.Run("migrate", connection: Through(pooler, set)).Succeeds();

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void It_is_detected_even_while_other_clients_use_it()
    {
        using var set = Create();
        using var pooler = Start("transaction", 20);
        using var end = new CancellationTokenSource();
        var others = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Work(Through(pooler, set), end.Token))).ToArray();

        var results = Enumerable.Range(0, 3).Select(_ => set.Run("migrate", connection: Through(pooler, set))).ToList();
        end.Cancel();
        Task.WaitAll(others);

        results.ForEach(result => result.FailsWith(DiagnosticCodes.TransactionPooling));
    }

    private static void Work(string connectionString, CancellationToken end)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        while (!end.IsCancellationRequested)
        {
            using var command = new NpgsqlCommand("SELECT pg_sleep(0.002)", connection);
            command.ExecuteNonQuery();
        }
    }

    private static MigrationSet Create()
    {
        var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {set.Database}");
        return set;
    }

    private static PgBouncer Start(string mode, int poolSize)
    {
        if (!PgBouncer.IsInstalled)
            Assert.Inconclusive("This test needs PgBouncer: apt-get install pgbouncer");
        return PgBouncer.Start(mode, poolSize);
    }

    private static string Through(PgBouncer pooler, MigrationSet set) =>
        new NpgsqlConnectionStringBuilder(set.ConnectionString) { Port = pooler.Port, NoResetOnClose = true }.ConnectionString;
}
