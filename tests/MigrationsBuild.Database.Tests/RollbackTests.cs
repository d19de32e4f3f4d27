using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class RollbackTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Reverts_the_newest_on_a_development_database(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();

        set.Run("rollback").Succeeds();

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
        CollectionAssert.AreEqual(new[] { "20260101000000_A" }, set.History.ToArray());
    }

    [TestMethod]
    public void On_other_databases_it_needs_a_target()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");
        set.Run("migrate").Succeeds();

        var error = set.Run("rollback").FailsWith(DiagnosticCodes.NotDevelopment);

        Assert.Contains("-p:DbTo=-1", error.Message);
        set.Run("rollback", to: "-1").Succeeds();
        CollectionAssert.AreEqual(new[] { "Other" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow("base", 0)]
    [DataRow("-3", 1)]
    [DataRow("20260102000000_B", 2)]
    [DataRow("B", 2)]
    [DataRow("A+2", 3)]
    [DataRow("C-2", 1)]
    [DataRow("head", 4)]
    public void Goes_back_to_any_revision(string to, int left)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .AddTable("20260101000000_A").AddTable("20260102000000_B").AddTable("20260103000000_C").AddTable("20260104000000_D");
        set.Run("migrate").Succeeds();

        set.Run("rollback", to: to).Succeeds();

        Assert.HasCount(left, set.History);
        Assert.HasCount(left, set.Tables);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Past_the_base_nothing_happens(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();

        var error = set.Run("rollback", to: "-2").FailsWith(DiagnosticCodes.NoSuchRevision);

        Assert.StartsWith("Relative revision -2 didn't produce 2 migrations", error.Message);
        Assert.HasCount(1, set.History);
        set.Run("rollback", to: "-1").Succeeds();
        set.Run("rollback", to: "base").Succeeds();
        Assert.StartsWith(
            "Relative revision -1 didn't produce 1 migrations",
            set.Run("rollback", to: "-1").FailsWith(DiagnosticCodes.NoSuchRevision).Message);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_irreversible_migration_stops_it_before_it_starts(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect)
            .Add("20260101000000_A", "CREATE TABLE \"A\" (\"Id\" integer);\n", null).AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();

        var error = set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.Irreversible);

        Assert.Contains("20260101000000_A can't be reverted: Down() throws", error.Message);
        Assert.HasCount(2, set.Tables);
    }

    [TestMethod]
    public void All_irreversible_migrations_are_named_at_once()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add("20260101000000_A", "CREATE TABLE \"A\" (\"Id\" integer);\n", null)
            .AddTable("20260102000000_B").Add("20260103000000_C", "CREATE TABLE \"C\" (\"Id\" integer);\n", null);
        set.Run("migrate").Succeeds();

        var error = set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.Irreversible);

        Assert.StartsWith("2 of the 3 migrations can't be reverted: 20260103000000_C: Down() throws", error.Message);
        Assert.Contains("; 20260101000000_A: Down() throws", error.Message);
        Assert.HasCount(3, set.History);
    }

    /// <summary>The text is chosen by what is true of the revision: there is one, but not where it is wanted.</summary>
    [TestMethod]
    public void A_part_of_an_id_that_only_the_build_or_only_the_database_has_is_explained()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .AddTable("20260101000000_A").AddTable("20260102000000_B").AddTable("20260103000000_C");
        set.Run("migrate", to: "B").Succeeds();

        Assert.Contains("'C': 20260103000000_C isn't applied.", Refusal("rollback", "C"));
        Assert.Contains("20260103000000_C isn't applied.", Refusal("rollback", "20260103"));
        set.Run("migrate").Succeeds();
        set.Remove("20260103000000_C");
        Assert.Contains("20260103000000_C is applied, and this build doesn't have it.", Refusal("migrate", "C"));

        string Refusal(string verb, string to) => set.Run(verb, to).FailsWith(DiagnosticCodes.NoSuchRevision).Message;
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_migration_without_files_is_reverted_from_the_journal(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();
        set.Remove("20260102000000_B");

        set.Run("rollback", to: "-1").Succeeds();

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_failing_statement_leaves_the_migration_applied()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add("20260101000000_A", "CREATE TABLE \"A\" (\"Id\" integer);\n", "DROP TABLE \"A\";\nDROP TABLE \"Nothing\";\n");
        set.Run("migrate").Succeeds();

        var error = set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.AreEqual((set.Folder["20260101000000_A.down.sql"], 10), (error.Location!.File, error.Location.Line));
        Assert.HasCount(1, set.Tables);
        Assert.HasCount(1, set.History);
    }
}
