using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class StampTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Moves_the_history_and_nothing_else(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B").AddTable("20260103000000_C");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");

        set.Run("stamp", to: "B").Succeeds();
        CollectionAssert.AreEqual(new[] { "20260101000000_A", "20260102000000_B" }, set.History.ToArray());
        set.Run("stamp", to: "head").Succeeds();
        Assert.HasCount(3, set.History);
        set.Run("stamp", to: "A").Succeeds();
        Assert.HasCount(1, set.History);
        set.Run("stamp", to: "base").Succeeds();
        Assert.IsEmpty(set.History);
        CollectionAssert.AreEqual(new[] { "Other" }, set.Tables.ToArray());
    }

    [TestMethod]
    public void Wants_to_know_the_revision()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");
        set.Execute("SELECT 1");

        set.Run("stamp").FailsWith(DiagnosticCodes.InvalidSetting);
        Assert.StartsWith(
            "Can't locate revision identified by 'X'", set.Run("stamp", to: "X").FailsWith(DiagnosticCodes.NoSuchRevision).Message);
    }

    [TestMethod]
    [DataRow(MigrationState.Draft)]
    [DataRow(MigrationState.Edited)]
    [DataRow(MigrationState.Reordered)]
    [DataRow(MigrationState.NotAdopted)]
    public void Records_an_unapproved_migration_on_a_development_database_only(MigrationState state)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B", state);
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");

        var error = set.Run("stamp", to: "head").FailsWith(DiagnosticCodes.ApplyUnapproved);

        Assert.MatchesRegex("^20260102000000_B (isn't|was) ", error.Message);
        Assert.Contains("so nothing is recorded", error.Message);
        Assert.EndsWith($"-p:DbForce={set.Database}", error.Message);
        var tables = set.Query("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
        CollectionAssert.AreEqual(new[] { "Other" }, tables.ToArray(), "Refused before anything was written.");
        set.Run("stamp", to: "A").Succeeds();
        set.Run("stamp", request => request with { To = "A", Purge = true }).Succeeds();
        Assert.HasCount(1, set.History);
        set.Run("stamp", to: "head", force: set.Database).Succeeds();
        Assert.HasCount(2, set.History);
        set.Run("stamp", request => request with { To = "head", Purge = true }).FailsWith(DiagnosticCodes.ApplyUnapproved);

        using var empty = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B", state);
        empty.Run("migrate", to: "A").Succeeds();
        empty.Run("stamp", to: "head").Succeeds();
    }

    [TestMethod]
    public void A_recorded_migration_may_have_been_edited_since()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");
        set.Run("stamp", to: "A").Succeeds();
        set.AddTable("20260101000000_A", MigrationState.Edited);

        set.Run("stamp", to: "B").Succeeds();

        Assert.HasCount(2, set.History);
    }

    [TestMethod]
    public void Of_several_the_newest_counts()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A").AddTable("20260102000000_B")
            .AddTable("20260103000000_C");
        set.Execute("SELECT 1");

        set.Run("stamp", to: "B,A").Succeeds();

        CollectionAssert.AreEqual(new[] { "20260101000000_A", "20260102000000_B" }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_purge_writes_known_rows_again_and_keeps_unknown_ones(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate").Succeeds();
        set.Execute(
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20250101000000_Theirs', '9'); "
            + "UPDATE \"__EFMigrationsHistory\" SET \"ProductVersion\" = 'broken'");

        var stamp = set.Run("stamp", request => request with { To = "A", Purge = true }).Succeeds();

        CollectionAssert.AreEqual(new[] { "20250101000000_Theirs", "20260101000000_A" }, set.History.ToArray());
        CollectionAssert.AreEqual(
            new[] { "10.0.14" },
            set.Query("SELECT \"ProductVersion\" FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%A'").ToArray());
        Assert.Contains(line => line.StartsWith("  20250101000000_Theirs  left alone", StringComparison.Ordinal), stamp.Lines);

        set.Run("stamp", request => request with { To = "A", Purge = true, Force = set.DatabaseName }).Succeeds();
        CollectionAssert.AreEqual(new[] { "20260101000000_A" }, set.History.ToArray());
    }
}
