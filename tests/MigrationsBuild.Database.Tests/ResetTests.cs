using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class ResetTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_development_database_is_created_again_and_the_dropped_data_is_shown(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Execute("CREATE TABLE \"ByHand\" (\"Id\" integer); INSERT INTO \"A\" VALUES (1);");

        var reset = set.Run("reset").Succeeds();

        var shown = reset.Lines.Single(line => line.StartsWith($"Drops {set.DatabaseName} with 2 tables, ", StringComparison.Ordinal));
        Assert.Contains("ByHand", shown);
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
        Assert.IsEmpty(set.Query("SELECT * FROM \"A\""));
        Assert.HasCount(1, set.History);
        set.Run("reset").Succeeds();
    }

    [TestMethod]
    public void Another_one_must_be_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Execute("CREATE TABLE \"Theirs\" (\"Id\" integer)");

        Assert.Contains($"-p:DbForce={set.Database}", set.Run("reset").FailsWith(DiagnosticCodes.NotDevelopment).Message);
        CollectionAssert.AreEqual(new[] { "Theirs" }, set.Tables.ToArray());

        set.Run("reset", force: set.Database).Succeeds();
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void Nothing_is_dropped_that_couldnt_be_built_again()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.AddTable("20260102000000_B", MigrationState.Edited);

        set.Run("reset").FailsWith(DiagnosticCodes.ApplyUnapproved);

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void A_missing_database_is_created()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        set.Run("reset").Succeeds();

        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }
}
