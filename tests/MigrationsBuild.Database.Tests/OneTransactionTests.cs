using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>With DbTransaction=all, all pending migrations are applied or none.</summary>
[TestClass]
public class OneTransactionTests
{
    private static RunSettings All { get; } = new() { IsOneTransaction = true };

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void All_are_applied_and_reverted_or_none(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B")
            .Add("20260103000000_C", "CREATE TABLE \"C\" (\"Id\" integer);\nSELECT nothing;\n", null);

        var error = Run(set, "migrate").FailsWith(DiagnosticCodes.SqlFailed);
        Assert.IsEmpty(set.Tables);
        Assert.IsEmpty(set.History);
        Assert.Contains("Nothing of the 3 migrations was applied.", error.Message);
        Assert.AreEqual(set.Folder["20260103000000_C.sql"], error.Location!.File);

        set.Add("20260103000000_C", "CREATE TABLE \"C\" (\"Id\" integer);\n", "DROP TABLE \"nothing\";\n");
        var applied = Run(set, "migrate").Succeeds();
        Assert.HasCount(3, set.History);
        Assert.HasCount(3, set.Query("SELECT 1 FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied'"));
        Assert.Contains(line => line.StartsWith("3 migrations applied", StringComparison.Ordinal), applied.Lines);
        Assert.AreEqual("Nothing to apply; at 20260103000000_C (head)", Run(set, "migrate").Succeeds().Lines[^1]);

        Run(set, "rollback", "base").FailsWith(DiagnosticCodes.SqlFailed);
        Assert.HasCount(3, set.Tables);
        set.Add("20260103000000_C", "CREATE TABLE \"C\" (\"Id\" integer);\n", "DROP TABLE \"C\";\n");
        Run(set, "rollback", "base").Succeeds();
        Assert.IsEmpty(set.Tables);
        Assert.IsEmpty(set.History);
    }

    [TestMethod]
    [DataRow("migrate")]
    [DataRow("rollback")]
    public void A_statement_that_cant_be_in_it_is_refused_before_anything_runs(string verb)
    {
        const string outside = "CREATE TABLE \"B\" (\"Id\" integer);\n-- outside a transaction\n"
            + "CREATE INDEX CONCURRENTLY ix ON \"A\" (\"Id\");\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A")
            .Add("20260102000000_B", outside, "-- outside a transaction\nDROP INDEX CONCURRENTLY ix;\nDROP TABLE \"B\";\n");
        if (verb == "rollback")
            set.Run("migrate").Succeeds();

        var error = Run(set, verb, verb == "rollback" ? "base" : "").FailsWith(DiagnosticCodes.NotOneTransaction);

        var file = verb == "rollback" ? "20260102000000_B.down.sql" : "20260102000000_B.sql";
        Assert.AreEqual(set.Folder[file], error.Location!.File);
        Assert.Contains("INDEX CONCURRENTLY ix", set.Folder.Read(file).Split('\n')[error.Location.Line - 1]);
        Assert.HasCount(verb == "rollback" ? 2 : 0, verb == "rollback" ? set.Tables : set.DatabaseExists ? set.Tables : []);
    }

    [TestMethod]
    public void A_constraint_that_is_checked_at_the_commit_is_no_other_run()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").Add(
            "20260102000000_B",
            "CREATE TABLE \"B\" (\"Id\" integer CONSTRAINT \"UQ_B\" UNIQUE DEFERRABLE INITIALLY DEFERRED);\n"
            + "INSERT INTO \"B\" VALUES (1), (1);\n",
            null);

        var error = Run(set, "migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.StartsWith("At the COMMIT: duplicate key value violates unique constraint \"UQ_B\"", error.Message);
        Assert.IsNull(error.Location);
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void Sqlite_rebuilds_tables_in_it()
    {
        const string rebuild = "CREATE TABLE \"ef_temp_P\" (\"Id\" INTEGER PRIMARY KEY, \"X\" TEXT);\n"
            + "INSERT INTO \"ef_temp_P\" (\"Id\") SELECT \"Id\" FROM \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 0;\n"
            + "DROP TABLE \"P\";\nALTER TABLE \"ef_temp_P\" RENAME TO \"P\";\n-- outside a transaction\nPRAGMA foreign_keys = 1;\n";
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(
            "20260101000000_A",
            "CREATE TABLE \"P\" (\"Id\" INTEGER PRIMARY KEY);\n",
            null).Add("20260102000000_B", rebuild, null).AddTable("20260103000000_C");

        Run(set, "migrate").Succeeds();

        Assert.HasCount(3, set.History);
        CollectionAssert.AreEqual(new[] { "C", "P" }, set.Tables.ToArray());
    }

    private static RunnerResult Run(MigrationSet set, string verb, string to = "") =>
        set.Run(verb, request => request with { Settings = All, To = to });
}
