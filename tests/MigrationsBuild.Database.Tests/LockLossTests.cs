using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>The lock that keeps other runs out, where a migration releases it.</summary>
[TestClass]
public class LockLossTests
{
    private const string A = "20260101000000_A";
    private const string WaitForGate = "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); END LOOP; END $$;\n";

    [TestMethod]
    [DataRow("SELECT pg_advisory_unlock_all();\n")]
    [DataRow("DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$;\n")]
    [DataRow("-- outside a transaction\nSELECT pg_advisory_unlock_all();\n")]
    [DataRow("-- outside a transaction\nDISCARD ALL;\n")]
    public void A_second_run_stays_out_where_a_migration_releases_it(string release)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, $"{release}{WaitForGate}-- outside a transaction\nVACUUM done;\nINSERT INTO done VALUES ('A');\n", null)
            .Add("20260102000000_B", "INSERT INTO done VALUES ('B');\n", null);
        set.Execute("CREATE TABLE gate (is_open boolean); CREATE TABLE done (id text)");
        using var first = new RunningRunner(set);
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set);

        second.WaitForLine("Waiting for another run");
        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        second.End().Succeeds();
        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Query("SELECT id FROM done ORDER BY id").ToArray());
    }

    [TestMethod]
    public void A_run_that_has_lost_it_to_another_stops()
    {
        // A block that commits can't be in a transaction of ours, which would hold the lock meanwhile.
        const string release = "-- outside a transaction\n"
            + "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); COMMIT; WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); "
            + "COMMIT; END LOOP; END $$;\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .AddTable(A)
            .Add("20260102000000_B", $"{release}INSERT INTO done VALUES ('B');\n", null)
            .Add("20260103000000_C", "INSERT INTO done VALUES ('C');\n", null);
        set.Execute("CREATE TABLE gate (is_open boolean); CREATE TABLE done (id text)");
        set.Run("migrate", to: A).Succeeds();
        using var first = new RunningRunner(set);
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set);
        Eventually.Holds(
            () => set.Query(
                $"SELECT FROM pg_stat_activity WHERE datname = '{set.Database}' AND query LIKE '%gate%' AND state = 'active' AND pid <> "
                + "pg_backend_pid()").Count == 2);

        set.Execute("INSERT INTO gate VALUES (true)");

        var results = new[] { first.End(), second.End() };
        Assert.IsTrue(
            Array.Exists(results, result => result.Command.ExitCode == 0) || set.Run("migrate").Command.ExitCode == 0,
            string.Join("\n", results.Select(result => result.Command.ToString())));
        CollectionAssert.AreEqual(new[] { "B", "C" }, set.Query("SELECT id FROM done ORDER BY id").ToArray());
        foreach (var lost in results.Where(result => result.Command.ExitCode != 0))
            Assert.AreEqual("MIG3027", lost.FailsWith(DiagnosticCodes.LockLost).Code.Id);
    }

    [TestMethod]
    public void The_statement_that_released_it_is_not_executed_again()
    {
        const string release = "-- outside a transaction\n"
            + "DO $$ BEGIN INSERT INTO done VALUES ('release'); PERFORM pg_advisory_unlock_all(); COMMIT; "
            + "WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); COMMIT; END LOOP; END $$;\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, $"{release}INSERT INTO done VALUES ('A');\n", null);
        set.Execute("CREATE TABLE gate (is_open boolean); CREATE TABLE done (id text)");
        using var run = new RunningRunner(set);
        set.WaitForActivity("%gate%");

        using (new OpenTransaction(set, $"SELECT pg_advisory_xact_lock({set.LockKey})"))
        {
            set.Execute("INSERT INTO gate VALUES (true)");
            Assert.Contains($"statement 1 of {A} released it", run.End().FailsWith(DiagnosticCodes.LockLost).Message);
        }

        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { "A", "release" }, set.Query("SELECT id FROM done ORDER BY id").ToArray());
    }

    [TestMethod]
    public void Contexts_that_share_a_history_wait_for_each_other()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, WaitForGate, null);
        using var renamed = new MigrationSet(SqlDialect.PostgreSql) { Context = "Shop.RenamedContext" }.Add(A, WaitForGate, null);
        set.Execute("CREATE TABLE gate (is_open boolean)");
        using var first = new RunningRunner(set);
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(renamed, connection: set.ConnectionString);

        second.WaitForLine("Waiting for another run");
        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        Assert.StartsWith("0 migrations", second.End().Succeeds().Lines[^1]);
    }
}
