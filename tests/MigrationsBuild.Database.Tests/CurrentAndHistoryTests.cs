using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class CurrentAndHistoryTests
{
    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Current_names_the_newest_applied(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        set.Run("migrate", to: "A").Succeeds();

        Assert.AreEqual("20260101000000_A", set.Run("current").Succeeds().Lines[1]);
        set.Run("migrate").Succeeds();
        Assert.AreEqual("20260102000000_B (head)", set.Run("current").Succeeds().Lines[1]);
    }

    [TestMethod]
    [DataRow("current", SqlDialect.PostgreSql)]
    [DataRow("current", SqlDialect.Sqlite)]
    [DataRow("history", SqlDialect.PostgreSql)]
    [DataRow("history", SqlDialect.Sqlite)]
    public void Looking_writes_nothing(string verb, SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A");

        set.Run(verb).Succeeds();
        Assert.IsFalse(File.Exists(set.Folder["app.db"]));
        set.Execute("CREATE TABLE \"Other\" (\"Id\" integer);");
        set.Run(verb).Succeeds();

        Assert.HasCount(1, set.Query(dialect == SqlDialect.Sqlite ? "SELECT * FROM sqlite_master" : "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void History_has_Alembics_form(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect)
            .AddTable("20260101000000_InitialCreate").AddTable("20260102000000_AddUserAvatar").AddTable("20260103000000_Drafted", MigrationState.Draft);
        set.Run("migrate", to: "AddUserAvatar").Succeeds();

        CollectionAssert.AreEqual(
            new[]
            {
                "20260102000000_AddUserAvatar -> 20260103000000_Drafted (head) (pending) (draft), drafted",
                "20260101000000_InitialCreate -> 20260102000000_AddUserAvatar (current), add user avatar",
                "<base> -> 20260101000000_InitialCreate, initial create",
            },
            set.Run("history").Succeeds().Lines.Skip(1).ToArray());
    }

    [TestMethod]
    public void History_does_without_a_server()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var result = set.Run("history", connection: "Host=127.0.0.1;Port=1;Username=nobody").Succeeds();

        Assert.AreEqual("<base> -> 20260101000000_A (head), a", result.Lines[^1]);
    }

    [TestMethod]
    public void Current_fails_on_a_database_that_has_diverged()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Remove("20260101000000_A").AddTable("20260102000000_B");

        set.Run("current").FailsWith(DiagnosticCodes.Diverged);
    }
}
