using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class ConcurrencyTests
{
    /// <summary>A migration that runs until the test opens the gate.</summary>
    private const string UntilOpened = "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.05); END LOOP; END $$;\n";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Several_runs_at_once_apply_each_migration_once(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect);
        foreach (var number in Enumerable.Range(1, 10))
            set.AddTable($"202601{number:00}000000_T{number:00}");

        var results = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4)
            .Select(_ => set.RunProcess("migrate")).ToList();

        results.ForEach(result => result.Succeeds());
        Assert.HasCount(10, set.History);
        Assert.HasCount(10, set.Tables);
        Assert.HasCount(10, set.Query("SELECT \"MigrationId\" FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied'"));
    }

    [TestMethod]
    public void A_run_waits_for_another_one_and_reports_it()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add("20260101000000_A", UntilOpened, null);
        set.Execute("CREATE TABLE gate (is_open boolean)");
        using var first = new RunningRunner(set);
        set.WaitForActivity("%gate%");
        using var second = new RunningRunner(set);

        second.WaitForLine("Waiting for another run: pid ");
        set.Execute("INSERT INTO gate VALUES (true)");

        first.End().Succeeds();
        second.End().Succeeds();
        Assert.HasCount(1, set.History);
    }

    [TestMethod]
    public void It_waits_until_its_limit_and_names_the_command_that_ends_the_blocking_session()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add("20260101000000_A", UntilOpened, null);
        set.Execute("CREATE TABLE gate (is_open boolean)");
        using var first = new RunningRunner(set);
        set.WaitForActivity("%gate%");

        var error = set.Run("migrate", request => request with { Settings = new RunSettings { WaitTimeout = TimeSpan.FromSeconds(1) } })
            .FailsWith(DiagnosticCodes.Locked);

        var holder = set.Query(
            $"SELECT pid FROM pg_stat_activity WHERE datname = '{set.Database}' AND query LIKE '%gate%' AND pid <> "
            + "pg_backend_pid()").Single();
        Assert.Contains($"didn't end within 1 s: pid {holder}, user postgres, MigrationsBuild", error.Message);
        Assert.Contains(" since 20", error.Message);
        Assert.Contains($"SELECT pg_terminate_backend({holder}).", error.Message);
        set.Query($"SELECT pg_terminate_backend({holder})");
        Assert.AreEqual("MIG3001", first.End().FailsWith(DiagnosticCodes.Unreachable).Code.Id);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-- outside a transaction\nPRAGMA foreign_keys = 1;\n", DisplayName = "a setting is next")]
    [DataRow("-- outside a transaction\nUPDATE \"A\" SET \"Id\" = \"Id\";\n", DisplayName = "a statement outside a transaction is next")]
    public void On_Sqlite_a_stretch_that_another_run_has_executed_meanwhile_is_not_executed_again(string next)
    {
        const string insert = "INSERT INTO \"Later\" SELECT \"Id\" FROM \"A\";\n";
        using var set = LeftHalfway(next + insert + "-- outside a transaction\nVACUUM;\n" + insert);

        var result = set.Migrate(WhenItContinues(() => set.Run("migrate").Succeeds())).Succeeds();

        Assert.Contains("  20260102000000_B  applied by another run meanwhile", result.Lines);
        CollectionAssert.AreEqual(new[] { "100", "100" }, set.Query("SELECT * FROM \"Later\"").ToArray());
        Assert.IsEmpty(set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" IN ('partial', 'started')"));
    }

    [TestMethod]
    public void On_Sqlite_a_run_continues_after_the_stretch_that_another_run_has_executed_meanwhile()
    {
        using var set = LeftHalfway(
            "INSERT INTO \"Later\" SELECT \"Id\" FROM \"A\";\n-- outside a transaction\nVACUUM;\nINSERT INTO \"More\" VALUES (1);\n");

        set.Migrate(WhenItContinues(() =>
        {
            set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
            set.Execute("CREATE TABLE \"More\" (\"Id\" integer)");
        })).Succeeds();

        CollectionAssert.AreEqual(new[] { "100" }, set.Query("SELECT * FROM \"Later\"").ToArray());
        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT * FROM \"More\"").ToArray());
        Assert.IsEmpty(set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" IN ('partial', 'started')"));
    }

    /// <summary>The first two statements are executed, and the others failed because a table was missing.</summary>
    private static MigrationSet LeftHalfway(string rest)
    {
        var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"A\" VALUES (1)");
        set.Add("20260102000000_B", "UPDATE \"A\" SET \"Id\" = \"Id\" * 100;\n-- outside a transaction\nVACUUM;\n" + rest, null)
            .Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("CREATE TABLE \"Later\" (\"Id\" integer)");
        return set;
    }

    /// <summary>An action for the moment at which a run has read the progress of an earlier one, and hasn't used it yet.</summary>
    private static Action<string> WhenItContinues(Action action) => message =>
    {
        if (message.Contains("continues after its statement", StringComparison.Ordinal))
            action();
    };

    [TestMethod]
    public void Sqlite_waits_while_EF_Cores_tool_holds_its_lock()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");
        set.Execute(
            "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); "
            + "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        var run = Task.Run(() => set.Run("migrate"));
        Thread.Sleep(1500);
        Assert.IsFalse(run.IsCompleted);

        set.Execute("DELETE FROM \"__EFMigrationsLock\"");

        var result = run.Result.Succeeds();
        Assert.Contains(
            line => line.StartsWith("Waiting for another run: a migration by EF Core's tool", StringComparison.Ordinal), result.Lines);
    }
}
