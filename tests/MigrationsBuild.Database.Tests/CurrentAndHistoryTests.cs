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
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Current_that_checks_heads_fails_on_every_database_that_isnt_at_the_head(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").AddTable("20260102000000_B");
        RunnerResult Check() => set.Run("current", request => request with { CheckHeads = true });

        Assert.StartsWith(
            "The database is at base and not at the head, 20260102000000_B. Run: ",
            Check().FailsWith(DiagnosticCodes.Pending, exitCode: 1).Message);
        set.Run("migrate", to: "A").Succeeds();
        Assert.StartsWith("The database is at 20260101000000_A and not", Check().FailsWith(DiagnosticCodes.Pending, exitCode: 1).Message);
        set.Run("migrate").Succeeds();
        Check().Succeeds();
        set.Execute("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20260103000000_C', '10.0.14')");
        Assert.StartsWith("The database is at 20260103000000_C and not", Check().FailsWith(DiagnosticCodes.Pending, exitCode: 1).Message);
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

        Assert.HasCount(
            1,
            set.Query(
                dialect == SqlDialect.Sqlite ? "SELECT * FROM sqlite_master" : "SELECT tablename::text FROM pg_tables WHERE schemaname = "
                    + "'public'"));
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void History_has_Alembics_form(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect)
            .AddTable("20260101000000_InitialCreate").AddTable("20260102000000_AddUserAvatar")
                .AddTable("20260103000000_Drafted", MigrationState.Draft);
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

    [TestMethod]
    [DataRow("A:B", "", "BA")]
    [DataRow(":B", "", "BA")]
    [DataRow("B:", "", "CB")]
    [DataRow("A:+2", "", "CBA")]
    [DataRow("-2:C", "", "CBA")]
    [DataRow("-5:C", "", "CBA")]
    [DataRow("current:", "", "CBA")]
    [DataRow("current:", "B", "CB")]
    [DataRow("-1:current", "B", "BA")]
    public void A_range_of_the_history_has_both_its_ends(string range, string current, string expected)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A").AddTable("20260102000000_B")
            .AddTable("20260103000000_C");
        if (current.Length > 0)
            set.Run("migrate", to: current).Succeeds();

        var lines = set.Run("history", to: range).Succeeds().Lines.Where(line => line.Contains(" -> ", StringComparison.Ordinal));

        Assert.AreEqual(expected, string.Concat(lines.Select(line => line.Split(" -> ")[1]["20260101000000_".Length])));
    }

    [TestMethod]
    [DataRow("A", "History range requires [start]:[end], [start]:, or :[end]")]
    [DataRow("B:A", "Requested range B:A does not refer to ancestor/descendant revisions along the same branch")]
    [DataRow("A:X", "Can't locate revision identified by 'X'")]
    public void A_wrong_range_is_reported_in_Alembics_words(string range, string text)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A").AddTable("20260102000000_B");

        Assert.StartsWith(text, set.Run("history", to: range).FailsWith(DiagnosticCodes.NoSuchRevision).Message);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void The_verbose_form_shows_time_user_and_duration(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable("20260101000000_A").Add("20260102000000_B", "SELECT 1;\n", null);
        set.Run("migrate", to: "A").Succeeds();

        var lines = set.Run("history", request => request with { Verbose = true }).Succeeds().Lines.Skip(1).ToList();

        Assert.AreEqual("Rev: 20260102000000_B (head) (pending)", lines[0]);
        Assert.Contains("Down: irreversible, Down() throws", lines);
        Assert.Contains("Rev: 20260101000000_A (current)", lines);
        Assert.Contains("Parent: <base>", lines);
        Assert.Contains("SQL: 20260101000000_A.sql", lines);
        Assert.MatchesRegex(
            @"^Applied: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* \S* ?by \w+, in \d+ ms$",
            lines.Single(line => line.StartsWith("Applied: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Heads_and_show_need_no_database()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").AddTable("20260102000000_B");
        const string nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Password=x";

        CollectionAssert.AreEqual(new[] { "20260102000000_B (head)" }, set.Run("heads", connection: nowhere).Succeeds().Lines.ToArray());
        var show = set.Run("show", to: "A", connection: nowhere).Succeeds().Lines;
        Assert.AreEqual("Rev: 20260101000000_A", show[0]);
        Assert.AreEqual("    CREATE TABLE \"A\" (\"Id\" integer NOT NULL);", show[^1]);
        set.Run("show", to: "current", connection: nowhere).FailsWith(DiagnosticCodes.Unreachable);
        Assert.StartsWith(
            "Can't locate revision identified by '2026': 2 revisions start with it: ",
            set.Run("show", to: "2026").FailsWith(DiagnosticCodes.NoSuchRevision).Message);
    }
}
