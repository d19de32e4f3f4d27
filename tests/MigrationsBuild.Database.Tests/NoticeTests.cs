using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// Messages of RAISE in a migration are shown before its line: warnings always, the others with DbVerbose, those of our own statements
/// never.
/// </summary>
[TestClass]
public class NoticeTests
{
    private const string Clean =
        "CREATE TABLE \"B\" (\"Id\" integer PRIMARY KEY);\n"
        + "DO $$ BEGIN RAISE WARNING 'skipped % rows without owner', 3; RAISE NOTICE 'cleaned'; RAISE INFO 'error MIG9999: told'; "
        + "END $$;\n";

    [TestMethod]
    [DataRow("migration")]
    [DataRow("all")]
    public void A_warning_is_shown_at_its_migration_and_the_rest_on_demand(string transaction)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A")
            .Add("20260102000000_B", Clean, "DROP TABLE IF EXISTS \"B\", \"C\";\n")
            .AddTable("20260103000000_C");
        RunnerRequest With(RunnerRequest request, bool verbose, string to = "") => request with
        {
            Verbose = verbose,
            To = to,
            Settings = new() { IsOneTransaction = transaction == "all" },
        };

        var quiet = set.Run("migrate", request => With(request, verbose: false)).Succeeds();
        set.Run("rollback", request => With(request, verbose: false, "20260102000000_B")).Succeeds();
        var reverted = set.Run("rollback", request => With(request, verbose: true, "base")).Succeeds();
        var loud = set.Run("migrate", request => With(request, verbose: true)).Succeeds();

        string[] warning = ["  20260102000000_B: server: WARNING: skipped 3 rows without owner"];
        CollectionAssert.AreEqual(warning, Said(quiet));
        CollectionAssert.AreEqual(new[] { "  20260102000000_B: server: NOTICE: table \"C\" does not exist, skipping" }, Said(reverted));
        string[] rest = ["  20260102000000_B: server: NOTICE: cleaned", "  20260102000000_B: server: INFO: error MIG9999: told"];
        CollectionAssert.AreEqual((string[])[.. warning, .. rest], Said(loud));
        var lines = quiet.Lines.ToList();
        var applied = lines.FindIndex(
            line => line == "  20260102000000_B" || line.StartsWith("  20260102000000_B  ", StringComparison.Ordinal));
        Assert.IsLessThan(applied, lines.IndexOf(warning[0]));
    }

    [TestMethod]
    public void A_statement_outside_a_transaction_a_commit_and_a_migration_that_fails_say_theirs()
    {
        const string late =
            "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'checked late'; RETURN NULL; END $$;\n"
            + "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON \"A\" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();\n"
            + "INSERT INTO \"A\" VALUES (1);\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").Add("20260102000000_B", late, null)
            .Add("20260103000000_C", "-- outside a transaction\nDO $$ BEGIN RAISE WARNING 'in between'; COMMIT; END $$;\n", null)
            .Add("20260104000000_D", "DO $$ BEGIN RAISE WARNING 'about to fail'; RAISE EXCEPTION 'failed'; END $$;\n", null);

        CollectionAssert.AreEqual(
            new[]
            {
                "  20260102000000_B: server: WARNING: checked late", "  20260103000000_C: server: WARNING: in between",
                "  20260104000000_D: server: WARNING: about to fail",
            },
            Said(set.Run("migrate")));
    }

    [TestMethod]
    public void A_deployed_runner_shows_them_as_text_that_no_build_server_executes()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(
                "20260101000000_A",
                "DO $$ BEGIN RAISE WARNING E'skipped\\n::error::all\\n##vso[task.complete]'; RAISE NOTICE 'cleaned'; END $$;\n",
                null);
        set.Execute("SELECT 1");
        using var deployed = DeployedSet.Of(set);

        var result = deployed.Run(set.ConnectionString, "migrate");

        result.Succeeds();
        Assert.Contains("  20260101000000_A: server: WARNING: skipped ::error::all \\u0023#vso[task.complete]\n", result.Command.Output);
        Assert.DoesNotContain("cleaned", result.Command.Output);
        Assert.AreEqual("", result.Command.Error);
    }

    private static string[] Said(RunnerResult result) =>
        [.. result.Lines.Where(line => line.Contains(": server: ", StringComparison.Ordinal))];
}
