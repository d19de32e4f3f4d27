using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// A migration that was left half-way continues only if its SQL still begins with the executed part, or if the call accepts that part.
/// </summary>
[TestClass]
public class ResumedMigrationTests
{
    private const string Id = "20260102000000_B";
    private const string Begin = "CREATE TABLE \"B\" (\"Id\" integer);\nINSERT INTO \"B\" VALUES (1), (1);\n";
    private const string Edited = "CREATE TABLE \"B\" (\"Id\" integer, \"More\" integer);\nINSERT INTO \"B\" VALUES (1), (1);\n";
    private const string Index = "-- outside a transaction\nCREATE UNIQUE INDEX CONCURRENTLY \"IX_B\" ON \"B\" (\"Id\");\n";
    private const string Fixed = "-- outside a transaction\nCREATE INDEX CONCURRENTLY \"IX_B\" ON \"B\" (\"Id\");\n";

    [TestMethod]
    [DataRow(Edited + Fixed)]
    [DataRow("CREATE TABLE \"B\" (\"Id\" integer);\n" + Fixed)]
    [DataRow(Edited)]
    [DataRow("INSERT INTO \"B\" VALUES (1), (1);\n")]
    public void An_edit_of_the_executed_part_is_refused_before_anything_runs(string edited)
    {
        using var set = LeftHalfway();
        set.AddTable("20260101000000_A").Add(Id, edited, null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.ExecutedPartEdited);

        Assert.StartsWith(
            $"An earlier run has left {Id} half-way: its first 2 statements were executed, and the SQL up to there was edited",
            error.Message);
        Assert.AreEqual(set.Folder[$"{Id}.sql"], error.Location!.File);
        set.Run("migrate", dryRun: true).FailsWith(DiagnosticCodes.ExecutedPartEdited);
        CollectionAssert.AreEqual(new[] { "B" }, set.Tables.ToArray());

        set.Add(Id, Begin + Fixed, null).Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { "1", "1" }, set.Query("SELECT \"Id\" FROM \"B\"").ToArray());
    }

    [TestMethod]
    public void A_call_that_names_the_hash_of_the_executed_part_continues_after_it()
    {
        using var set = LeftHalfway();
        set.Add(Id, Edited + Fixed, null);
        var hash = set.Run("migrate").FailsWith(DiagnosticCodes.ExecutedPartEdited).Message.Split("-p:DbAcceptSql=")[1];
        RunnerResult Accept(string text) => set.Run("migrate", request => request with { AcceptSql = text });

        Assert.Contains(
            "which is not the hash of what ran", Accept(new string('0', 12)).FailsWith(DiagnosticCodes.ExecutedPartEdited).Message);
        Accept("short").FailsWith(DiagnosticCodes.InvalidSetting);
        set.Execute("ALTER TABLE \"B\" ADD \"More\" integer");
        Accept(hash).Succeeds();

        Assert.Contains(Id, set.History);
        CollectionAssert.AreEqual(new[] { "1|", "1|" }, set.Query("SELECT * FROM \"B\"").ToArray());
        Assert.HasCount(1, set.Query("SELECT 1 FROM pg_indexes WHERE indexname = 'IX_B'"));
    }

    [TestMethod]
    public void A_mark_that_was_removed_or_added_does_not_repeat_executed_statements()
    {
        using var set = LeftHalfway();
        const string rest = "CREATE INDEX \"IX_other\" ON \"B\" (\"Id\");\n";
        set.Add(Id, Begin + rest, null);

        set.Run("migrate", request => request with { Settings = new RunSettings { IsOneTransaction = true } })
            .FailsWith(DiagnosticCodes.NotOneTransaction);
        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "1", "1" }, set.Query("SELECT \"Id\" FROM \"B\"").ToArray());
    }

    [TestMethod]
    public void A_statement_in_which_a_run_died_counts_as_executed()
    {
        using var set = LeftHalfway();
        set.Execute($"UPDATE \"__MigrationsBuildJournal\" SET \"Action\" = 'started' WHERE \"Action\" = 'partial'");
        set.Add(Id, Edited + Fixed, null);

        Assert.Contains(
            "it ended in or just after its statement 2", set.Run("migrate").FailsWith(DiagnosticCodes.ExecutedPartEdited).Message);
    }

    [TestMethod]
    public void A_rollback_is_no_exception()
    {
        const string down = "DELETE FROM \"B\";\n-- outside a transaction\nDROP INDEX CONCURRENTLY \"nothing\";\nDROP TABLE \"B\";\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, Begin, down);
        set.Run("migrate").Succeeds();
        set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.SqlFailed);
        set.Add(Id, Begin, down.Replace("DELETE FROM", "TRUNCATE", StringComparison.Ordinal));

        set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.ExecutedPartEdited);
        set.Run("rollback", to: "base", dryRun: true).FailsWith(DiagnosticCodes.ExecutedPartEdited);

        CollectionAssert.AreEqual(new[] { "B" }, set.Tables.ToArray());
    }

    /// <summary>The table is made and has two rows; the unique index failed.</summary>
    private static MigrationSet LeftHalfway()
    {
        var set = new MigrationSet(SqlDialect.PostgreSql).Add(Id, Begin + Index, null);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        return set;
    }
}
