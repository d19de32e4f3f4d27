using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>The state of a database is reported with the commands that fix it, and these commands fix it.</summary>
[TestClass]
public class StateReportTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Behind(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B").AddTable("20260103000000_C");
        set.Run("migrate", to: "A").Succeeds();

        Assert.Contains(
            "2 pending: 20260102000000_B, 20260103000000_C. Run: dotnet build -t:DbMigrate", set.Run("current").Succeeds().Lines);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Ahead(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();
        set.Remove("20260102000000_B");

        var warning = set.Run("current").Succeeds().Diagnostics.Single();

        Assert.AreEqual(DiagnosticCodes.Ahead, warning.Code);
        Assert.Contains("it has 20260102000000_B", warning.Message);
        Assert.EndsWith("dotnet build -t:DbMigrate", warning.Message);
        set.Run("migrate").Succeeds();
        Assert.IsEmpty(set.Run("current").Succeeds().Diagnostics);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Diverged_is_rolled_back_by_the_journal_or_stamped_away(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();
        set.Remove("20260102000000_B").AddTable("20260103000000_C");

        var error = set.Run("current").FailsWith(DiagnosticCodes.Diverged);
        Assert.StartsWith("Can't locate revision identified by '20260102000000_B', which the database has.", error.Message);
        Assert.Contains("after 20260101000000_A, the last migration in common", error.Message);
        set.Run("stamp", to: "20260101000000_A").Succeeds();
        Assert.IsEmpty(set.Run("current").Succeeds().Diagnostics);

        set.AddTable("20260102000000_B").Run("stamp", to: "20260102000000_B").Succeeds();
        set.Execute("DROP TABLE \"B\"");
        set.Run("stamp", to: "20260101000000_A").Succeeds();
        set.Run("migrate", to: "20260102000000_B").Succeeds();
        set.Remove("20260102000000_B").Run("rollback", to: "20260101000000_A").Succeeds();
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_hole()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A").AddTable("20260103000000_C");
        set.Run("migrate").Succeeds();
        set.AddTable("20260102000000_B");

        Assert.Contains(
            "Hole: 20260102000000_B is pending and older than 20260103000000_C, which is applied. "
            + "To fill it on this development database, run: dotnet build -t:DbMigrate",
            set.Run("current").Succeeds().Lines);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Edited_since_it_was_applied(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();
        set.Add("20260102000000_B", "CREATE TABLE \"B\" (\"Id\" integer, \"More\" integer);\n", "DROP TABLE \"B\";\n");

        var warning = set.Run("current").Succeeds().Diagnostics.Single();

        Assert.AreEqual(DiagnosticCodes.EditedSinceApplied, warning.Code);
        Assert.Contains("dotnet build -t:DbRollback -p:DbTo=20260101000000_A. Then: dotnet build -t:DbMigrate", warning.Message);
        Assert.AreEqual(DiagnosticCodes.EditedSinceApplied, set.Run("migrate").Succeeds().Diagnostics.Single().Code);
        set.Run("rollback", to: "20260101000000_A").Succeeds();
        set.Run("migrate").Succeeds();
        Assert.IsEmpty(set.Run("current").Succeeds().Diagnostics);
    }

    [TestMethod]
    public void Failed_half_way()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            "20260101000000_A",
            "CREATE TABLE \"A\" (\"Id\" integer);\nINSERT INTO \"A\" VALUES (1), (1);\n-- outside a transaction\n"
            + "CREATE UNIQUE INDEX CONCURRENTLY \"IX_A\" ON \"A\" (\"Id\");\n",
            null);
        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        var warning = set.Run("current").Succeeds().Diagnostics.Single();

        Assert.AreEqual(DiagnosticCodes.Partial, warning.Code);
        Assert.StartsWith("20260101000000_A failed half-way: 2 of its statements were executed", warning.Message);
        set.Execute("DELETE FROM \"A\"");
        set.Run("migrate").Succeeds();
        Assert.IsEmpty(set.Run("current").Succeeds().Diagnostics);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Existing_objects_are_distinguished_from_missing_ones(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).Add(
            "20260101000000_A",
            "CREATE TABLE \"A\" (\"Id\" integer);\nALTER TABLE \"A\" ADD \"Name\" text;\nCREATE INDEX \"IX_A\" ON \"A\" (\"Id\");\n"
            + "CREATE TABLE \"B\" (\"Id\" integer);\n",
            null);
        set.Execute("CREATE TABLE \"A\" (\"Id\" integer, \"Name\" text);");

        Assert.Contains(
            "Of what it creates, the database has, by name: table \"A\", column \"A\".\"Name\"; it lacks: index \"IX_A\", table \"B\". If",
            set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists).Message);

        set.Execute("CREATE INDEX \"IX_A\" ON \"A\" (\"Id\"); CREATE TABLE \"B\" (\"Id\" integer);");
        Assert.Contains("table \"B\", which is all of it. If", set.Run("migrate").FailsWith(DiagnosticCodes.AlreadyExists).Message);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "CREATE INDEX CONCURRENTLY \"IX_A\" ON \"A\" (\"Id\")")]
    [DataRow(SqlDialect.PostgreSql, "VACUUM \"A\"")]
    [DataRow(SqlDialect.PostgreSql, "ALTER SYSTEM RESET work_mem")]
    [DataRow(SqlDialect.PostgreSql, "DO $$ BEGIN COMMIT; END $$")]
    [DataRow(SqlDialect.Sqlite, "VACUUM")]
    [DataRow(SqlDialect.Sqlite, "PRAGMA synchronous = 1")]
    public void A_statement_that_cannot_be_in_a_transaction_runs_with_the_mark_that_the_failure_names(SqlDialect dialect, string statement)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").Add("20260102000000_B", statement + ";\n", null);

        var message = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed).Message;

        Assert.Contains("suppressTransaction: true", message);
        var mark = message.Split("put this line before it: ")[1];
        set.Add("20260102000000_B", $"{mark}\n{statement};\n", null).Run("migrate").Succeeds();
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Tables_without_a_history_are_mentioned_once(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer); CREATE TABLE \"More\" (\"Id\" integer);");

        const string line = "The database has 2 tables and no migration history";
        Assert.HasCount(
            1, set.Run("migrate", dryRun: true).Succeeds().Lines.Where(text => text.StartsWith(line, StringComparison.Ordinal)));
        Assert.HasCount(1, set.Run("migrate").Succeeds().Lines.Where(text => text.StartsWith(line, StringComparison.Ordinal)));
        set.AddTable("20260102000000_B");
        Assert.IsEmpty(set.Run("migrate").Succeeds().Lines.Where(text => text.Contains("no migration history", StringComparison.Ordinal)));
    }
}
