using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>The locks for which a migration waits, how long it waits, and what it reports.</summary>
[TestClass]
public class TimeoutTests
{
    private const string Id = "20260101000000_A";
    private const string Effective =
        "INSERT INTO seen SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')";

    private static RunSettings Impatient { get; } = new()
    {
        LockTimeout = TimeSpan.FromSeconds(0.3),
        RetryDelay = TimeSpan.FromSeconds(0.1),
        Retries = 200,
    };

    [TestMethod]
    public void A_migration_that_must_wait_for_a_lock_gives_up_soon_and_is_tried_again()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "CREATE TABLE b (id integer);\nALTER TABLE a ADD n integer;\n", null);
        set.Execute("CREATE TABLE a (id integer)");
        using var lunch = new OpenTransaction(set, "SELECT 'secret' FROM a");

        using var run = new RunningRunner(set, Impatient);
        var line = run.WaitForLine("Attempt 3 of 201");
        lunch.Dispose();
        var result = run.End().Succeeds();

        StringAssert.Contains(line, $"held by pid {lunch.ProcessId}, user postgres, lunch, from 127.0.0.1, idle in transaction, since 20");
        Assert.DoesNotContain("secret", result.Command.Output);
        Assert.HasCount(1, result.Lines.Where(text => text.StartsWith("Waiting for a lock: pid ", StringComparison.Ordinal)));
        Assert.HasCount(1, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied'"));
        CollectionAssert.AreEqual(new[] { Id }, set.History.ToArray());
    }

    [TestMethod]
    public void After_the_last_try_it_fails_at_the_statement_and_a_later_run_may_go_well()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "CREATE TABLE b (id integer);\nALTER TABLE a ADD n integer;\n", null);
        set.Execute("CREATE TABLE a (id integer)");
        using (new OpenTransaction(set, "SELECT 'secret' FROM a"))
        {
            var result = set.Run("migrate", request => request with { Settings = Impatient with { Retries = 1 }, Verbose = true });

            var error = result.FailsWith(DiagnosticCodes.TimedOut);
            Assert.StartsWith("ALTER TABLE a", set.Folder.Read($"{Id}.sql").Split('\n')[error.Location!.Line - 1]);
            Assert.Contains(
                ", query: SELECT 'secret' FROM a, tried 2 times. 20260101000000_A is not applied; none of its statements took effect.",
                error.Message);
        }

        CollectionAssert.AreEqual(new[] { "a" }, set.Tables.ToArray());
        set.Run("migrate").Succeeds();
    }

    [TestMethod]
    public void Both_timeouts_override_those_of_the_user_and_apply_to_the_runner_only()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, $"{Effective};\n", null)
            .Add(
                "20260102000000_B",
                $"CREATE TABLE b (id integer);\n-- outside a transaction\n{Effective};\n-- outside a transaction\nVACUUM b;\n",
                null)
            .Add("20260103000000_C", $"{Effective};\nSELECT pg_sleep(1.5);\n", null);
        set.Execute("CREATE TABLE seen (settings text)");
        var user = set.Database + "_user";
        set.Execute(
            $"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD 'p'; ALTER ROLE {user} SET statement_timeout = '200ms'; "
            + $"ALTER ROLE {user} SET lock_timeout = '1h'");

        var connection = new Npgsql.NpgsqlConnectionStringBuilder(set.ConnectionString)
        {
            Username = user,
            Password = "p",
            CommandTimeout = 1,
        };
        set.Run("migrate", connection: connection.ConnectionString).Succeeds();

        CollectionAssert.AreEqual(new[] { "3s 0", "3s 0", "3s 0" }, set.Query("SELECT * FROM seen").ToArray());
        set.Execute($"DROP OWNED BY {user}; DROP ROLE {user}");
    }

    [TestMethod]
    public void Timeouts_that_a_migration_sets_are_valid_in_it_and_not_in_the_next_one()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, $"-- outside a transaction\nSET lock_timeout = '7s';\n{Effective};\n-- outside a transaction\n{Effective};\n", null)
            .Add("20260102000000_B", $"SET statement_timeout = '9s';\n{Effective};\n", null)
            .Add("20260103000000_C", $"{Effective};\n", null)
            .Add("20260104000000_D", $"-- outside a transaction\nVACUUM seen;\n-- outside a transaction\n{Effective};\n", null);
        set.Execute("CREATE TABLE seen (settings text)");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "7s 0", "7s 0", "3s 9s", "3s 0", "3s 0" }, set.Query("SELECT * FROM seen").ToArray());
    }

    [TestMethod]
    public void A_statement_that_takes_longer_than_the_limit_is_rolled_back()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, "CREATE TABLE a (id integer);\nSELECT pg_sleep(60);\n", null);

        var settings = new RunSettings { StatementTimeout = TimeSpan.FromSeconds(0.5) };
        var error = set.Run("migrate", request => request with { Settings = settings }).FailsWith(DiagnosticCodes.TimedOut);

        Assert.EndsWith("The limit is 0.5 s. To allow more time: -p:DbStatementTimeout=<seconds>", error.Message);
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void An_index_that_is_built_concurrently_waits_longer_because_it_blocks_no_session()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON a (id);\n", null);
        set.Execute("CREATE TABLE a (id integer)");
        using var lunch = new OpenTransaction(set, "UPDATE a SET id = 1");
        using var run = new RunningRunner(set, Impatient with { Retries = 0 });

        StringAssert.Contains(run.WaitForLine("Waiting for a lock: "), $"pid {lunch.ProcessId}");
        Thread.Sleep(1000);
        lunch.Dispose();

        run.End().Succeeds();
        CollectionAssert.AreEqual(
            new[] { "True" }, set.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass").ToArray());
    }

    [TestMethod]
    public void An_index_that_waited_too_long_is_dropped_and_built_again()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON a (id);\n", null);
        set.Execute("CREATE TABLE a (id integer)");
        using var lunch = new OpenTransaction(set, "UPDATE a SET id = 1");
        using var run = new RunningRunner(set, Impatient with { WaitTimeout = TimeSpan.FromSeconds(0.5) });

        run.WaitForLine("Attempt 2 of ");
        lunch.Dispose();

        Assert.Contains(line => line.Contains("dropped the invalid index public.ix", StringComparison.Ordinal), run.End().Succeeds().Lines);
        CollectionAssert.AreEqual(
            new[] { "True" }, set.Query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass").ToArray());
    }

    [TestMethod]
    public void Without_a_limit_Sqlite_waits_for_a_lock_until_it_is_interrupted()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(Id);
        set.Execute("CREATE TABLE other (id)");
        set.Run("stamp", to: "base").Succeeds();
        using var other = new SqliteConnection(set.ConnectionString);
        other.Open();
        using var transaction = other.BeginTransaction();
        using var run = new RunningRunner(set, new RunSettings { LockTimeout = TimeSpan.Zero, Retries = 0 });
        run.WaitForLine("1 migration is pending");

        Thread.Sleep(1500);
        run.Signal("INT");

        run.End().FailsWith(DiagnosticCodes.Interrupted);
    }

    [TestMethod]
    public void A_deadlock_is_tried_again()
    {
        // The deadlock is looked for once, when the wait for b begins: so that begins when the other one waits for a.
        const string sql = """
            SET LOCAL deadlock_timeout = '10ms';
            SET LOCAL lock_timeout = 0;
            LOCK TABLE a;
            DO $$
            BEGIN
                WHILE EXISTS (SELECT FROM pg_locks WHERE relation = 'b'::regclass)
                    AND NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'a'::regclass AND NOT granted)
                LOOP
                    PERFORM pg_sleep(0.01);
                END LOOP;
            END $$;
            LOCK TABLE b;

            """;
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, sql, null);
        set.Execute("CREATE TABLE a (id integer); CREATE TABLE b (id integer)");
        using var other = new OpenTransaction(set, "SET LOCAL deadlock_timeout = '1h'; LOCK TABLE b");
        using var run = new RunningRunner(set, Impatient);

        Eventually.Holds(
            () => set.Query("SELECT 1 FROM pg_locks WHERE relation = 'a'::regclass AND mode = 'AccessExclusiveLock' AND granted")
                .Count > 0);
        var blocked = Task.Run(() => other.Execute("LOCK TABLE a"));
        run.WaitForLine("deadlock detected");
        blocked.Wait(TimeSpan.FromMinutes(1));
        other.Dispose();

        run.End().Succeeds();
        Assert.HasCount(1, set.History);
    }

    [TestMethod]
    public void Sqlite_waits_and_retries_as_well()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(Id);
        set.Execute("CREATE TABLE o (id integer)");
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(set.ConnectionString);
        other.Open();
        void Execute(string sql)
        {
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        Execute("BEGIN IMMEDIATE");
        using var run = new RunningRunner(set, Impatient);
        run.WaitForLine("Attempt 2 of ");
        Execute("COMMIT");

        run.End().Succeeds();
        Assert.HasCount(1, set.History);
    }

    [TestMethod]
    public void Two_contexts_may_begin_with_an_empty_database_at_once()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(Id);
        using var other = new MigrationSet(SqlDialect.PostgreSql) { Context = "Shop.OtherContext" }.AddTable("20260101000001_B");
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {set.Database}");

        var results = new[] { set, other, set, other }.AsParallel().WithDegreeOfParallelism(4)
            .Select(one => one.Run("migrate", connection: set.ConnectionString)).ToList();

        results.ForEach(result => result.Succeeds());
        Assert.HasCount(2, set.History);
    }
}
