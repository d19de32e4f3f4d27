using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A run that dies at a critical point. MigrationsBuild.Reliability tests random points.</summary>
[TestClass]
public class CrashTests
{
    private const string Id = "20260101000000_A";
    private const string Partitions =
        "CREATE TABLE a (id integer) PARTITION BY LIST (id); CREATE TABLE p PARTITION OF a FOR VALUES IN (1); INSERT INTO a VALUES (1)";

    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY ix ON a (id)", "CREATE TABLE b (id integer)")]
    [DataRow("DROP INDEX CONCURRENTLY old", "CREATE TABLE b (id integer)")]
    [DataRow("CREATE INDEX CONCURRENTLY ix ON a (id)", "")]
    public void A_statement_that_was_executed_but_not_noted_is_not_repeated(string statement, string next)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, $"-- outside a transaction\n{statement};\n{(next.Length == 0 ? "" : next + ";\n")}", null);
        set.Execute("CREATE TABLE a (id integer); CREATE INDEX old ON a (id)");
        set.Run("stamp", to: "base").Succeeds();
        // A concurrent statement waits for sessions that write.
        KillBehind(set, statement, "INSERT INTO a SELECT 0 WHERE false");

        var again = set.Run("migrate").Succeeds();

        Assert.Contains(
            line => line.Contains(
                "an earlier run executed statement 1 but ended before it could note this", StringComparison.Ordinal),
            again.Lines);
        CollectionAssert.AreEqual(
            new[] { statement.StartsWith("DROP", StringComparison.Ordinal) ? "" : "True" },
            set.Query("SELECT (SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix'))").ToArray());
        Assert.HasCount(1, set.History);
        Assert.HasCount(
            1, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" <> ''"), "Nothing but 'applied' is left.");
    }

    [TestMethod]
    public void A_statement_that_failed_does_not_count_as_executed()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON a (id);\n", null);
        set.Execute("CREATE TABLE a (id integer); CREATE INDEX ix ON a (id)");

        set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists);
        set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists);
    }

    [TestMethod]
    public void An_index_of_another_table_does_not_count_as_executed()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(Id, "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON a (id);\nSELECT 1 FROM missing;\n", null);
        set.Execute("CREATE TABLE a (id integer); CREATE TABLE b (id integer)");
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute(
            "UPDATE \"__MigrationsBuildJournal\" SET \"Action\" = 'started' WHERE \"Action\" = 'partial'; "
            + "DROP INDEX ix; CREATE INDEX ix ON b (id)");

        set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists);
    }

    [TestMethod]
    [DataRow("UPDATE n SET n = n + 1", "LOCK TABLE n")]
    [DataRow("INSERT INTO n VALUES (1)", "LOCK TABLE n")]
    [DataRow("ALTER TYPE e ADD VALUE 'b'", "ALTER TYPE e ADD VALUE 'c'")]
    [DataRow("DO 'BEGIN UPDATE n SET n = n + 1; END'", "LOCK TABLE n")]
    public void A_statement_that_can_be_in_a_transaction_is_in_one_with_its_note(string statement, string blocker)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, $"-- outside a transaction\n{statement};\nSELECT 1;\n", null);
        set.Execute("CREATE TABLE n (n integer); INSERT INTO n VALUES (0); CREATE TYPE e AS ENUM ('a')");
        set.Run("stamp", to: "base").Succeeds();

        KillBehind(set, statement, blocker);
        var between = set.Query("SELECT sum(n), count(*), (SELECT count(*) FROM pg_enum) FROM n");
        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "0|1|1" }, between.ToArray());
        CollectionAssert.Contains(
            new[] { "1|1|1", "1|2|1", "0|1|2" }, set.Query("SELECT sum(n), count(*), (SELECT count(*) FROM pg_enum) FROM n").Single());
    }

    [TestMethod]
    [DataRow("VACUUM n")]
    [DataRow("CALL p()")]
    [DataRow("DO 'BEGIN UPDATE n SET n = n + 1; COMMIT; END'")]
    public void A_statement_that_cant_be_in_a_transaction_runs_outside_of_one(string statement)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, $"-- outside a transaction\n{statement};\n", null);
        set.Execute(
            "CREATE TABLE n (n integer); INSERT INTO n VALUES (1); CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN UPDATE n SET n = n + 1; "
            + "COMMIT; END'");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { statement.StartsWith("VACUUM", StringComparison.Ordinal) ? "1" : "2" }, set.Query("SELECT n FROM n").ToArray());
    }

    [TestMethod]
    [DataRow("REINDEX INDEX CONCURRENTLY ix")]
    [DataRow("REINDEX (VERBOSE, CONCURRENTLY) TABLE a")]
    public void The_remains_of_an_interrupted_rebuild_of_an_index_are_dropped(string statement)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, $"-- outside a transaction\n{statement};\n", null);
        set.Execute("CREATE TABLE a (id integer); CREATE INDEX ix ON a (id)");
        using (new OpenTransaction(set, "UPDATE a SET id = 1"))
        {
            using var run = new RunningRunner(set);
            set.WaitForActivity("REINDEX%");
            Eventually.Holds(() => set.Query("SELECT 1 FROM pg_class WHERE relname = 'ix_ccnew'").Count > 0);
            run.Signal("KILL");
            set.EndSessions("MigrationsBuild");
        }

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { "ix|True" },
            set.Query("SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid = 'a'::regclass").ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("SET search_path = s")]
    public void A_partition_whose_detachment_was_interrupted_is_detached(string setUp)
    {
        const string detach = "ALTER TABLE a DETACH PARTITION p CONCURRENTLY";
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            Id, (setUp.Length == 0 ? "" : $"-- outside a transaction\n{setUp};\n") + $"-- outside a transaction\n{detach};\n", null);
        set.Execute($"CREATE SCHEMA s; {setUp}; {Partitions}");
        var schema = setUp.Length == 0 ? "" : "s.";
        using (new OpenTransaction(set, $"SELECT FROM {schema}a"))
        {
            using var run = new RunningRunner(set);
            Eventually.Holds(() => set.Query("SELECT 1 FROM pg_inherits WHERE inhdetachpending").Count > 0);
            run.Signal("KILL");
            set.EndSessions("MigrationsBuild");
        }

        var lines = set.Run("migrate").Succeeds().Lines;

        Assert.Contains($"  {Id}  finished detaching partition p, which a failed run had started", lines);
        Assert.IsEmpty(set.Query("SELECT 1 FROM pg_inherits"));
        CollectionAssert.AreEqual(new[] { "1" }, set.Query($"SELECT id FROM {schema}p").ToArray());
    }

    [TestMethod]
    public void A_partition_that_was_detached_but_not_noted_is_left_alone()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            Id, "-- outside a transaction\nALTER TABLE a DETACH PARTITION p CONCURRENTLY;\nSELECT 1 FROM missing;\n", null);
        set.Execute(Partitions);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute(
            "UPDATE \"__MigrationsBuildJournal\" SET \"Action\" = 'started' WHERE \"Action\" = 'partial'; "
            + "CREATE TABLE missing (id integer); ALTER TABLE p RENAME TO q");

        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("ALTER TABLE q RENAME TO p");
        set.Run("migrate").Succeeds();
    }

    /// <summary>Kills the runner when a statement is done, and its note is not.</summary>
    /// <param name="set">The migrations.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="blocker">What somebody else does, for whom it must wait. Meanwhile its beginning is noted, and then nobody may write
    /// into the journal.</param>
    private static void KillBehind(MigrationSet set, string statement, string blocker)
    {
        using var other = new OpenTransaction(set, blocker);
        using var run = new RunningRunner(set);
        set.WaitForActivity(statement.Split('\'')[0] + "%");
        using var journal = new OpenTransaction(set, "LOCK TABLE \"__MigrationsBuildJournal\" IN EXCLUSIVE MODE");
        other.Dispose();
        run.WaitForLine($"Waiting for a lock: pid {journal.ProcessId}");
        run.Signal("KILL");
        run.End();
        set.EndSessions("MigrationsBuild");
    }
}
