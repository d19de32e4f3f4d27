using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>The oracle is the runner itself: a script by psql, and the same range applied, give the same <c>pg_dump</c>.</summary>
[TestClass]
public class ScriptTests
{
    private const string Concurrent = "CREATE TABLE \"B\" (\"Id\" integer);\n-- outside a transaction\nCREATE INDEX CONCURRENTLY \"IX_B\" ON \"B\" (\"Id\");\nCOMMENT ON TABLE \"B\" IS 'it''s :HOST; done' -- a last word\n;\n";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void By_psql_it_does_what_a_run_does(bool idempotent)
    {
        using var run = Set();
        using var script = Set();
        run.Run("migrate").Succeeds();
        script.Execute("SELECT 1");

        Psql(script, Script(script, ":", idempotent));

        Assert.AreEqual(PostgreSqlServer.Shared.Dump(run.Database), PostgreSqlServer.Shared.Dump(script.Database));
        CollectionAssert.AreEqual(run.History.ToArray(), script.History.ToArray());
    }

    [TestMethod]
    public void An_idempotent_one_runs_twice_and_from_half_way()
    {
        using var set = Set();
        set.Run("migrate", to: "A").Succeeds();
        var script = Script(set, "", idempotent: true);

        Psql(set, script);
        Psql(set, script);

        Assert.HasCount(3, set.History);
        CollectionAssert.AreEqual(new[] { "A", "B", "C" }, set.Tables.ToArray());
        Psql(set, Script(set, "head:A", idempotent: true));
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow("A:C", new[] { "20260102000000_B", "20260103000000_C" })]
    [DataRow("C:A", new[] { "20260103000000_C", "20260102000000_B" })]
    [DataRow("B", new[] { "20260101000000_A", "20260102000000_B" })]
    [DataRow("head:base", new[] { "20260103000000_C", "20260102000000_B", "20260101000000_A" })]
    [DataRow("-1:C", new[] { "20260103000000_C" })]
    [DataRow("A:+1", new[] { "20260102000000_B" })]
    public void Any_range_goes_up_or_down(string range, string[] ids)
    {
        using var set = Set();

        var lines = set.Run("script", to: range).Succeeds().Lines;

        CollectionAssert.AreEqual(ids, lines.Where(line => line.StartsWith("-- 2026", StringComparison.Ordinal)).Select(line => line[3..]).ToArray());
    }

    [TestMethod]
    public void A_range_from_current_asks_the_database()
    {
        using var set = Set();
        set.Run("migrate", to: "B").Succeeds();

        Assert.HasCount(1, set.Run("script", to: "current:").Succeeds().Lines.Where(line => line.StartsWith("-- 2026", StringComparison.Ordinal)));
        set.Run("script", to: "current:", connection: "Host=127.0.0.1;Port=1;Username=x;Password=y").FailsWith(DiagnosticCodes.Unreachable);
    }

    [TestMethod]
    public void It_needs_no_database_otherwise()
    {
        using var set = Set();

        set.Run("script", to: ":", connection: "Host=127.0.0.1;Port=1;Username=x;Password=y").Succeeds();
    }

    [TestMethod]
    public void What_nobody_approved_or_cant_be_reverted_goes_into_none()
    {
        using var set = Set().AddTable("20260104000000_D", MigrationState.Draft).Add("20260105000000_E", "SELECT 1;\n", null);

        set.Run("script", to: ":").FailsWith(DiagnosticCodes.ApplyUnapproved);
        set.Run("script", to: "E:D").FailsWith(DiagnosticCodes.Irreversible);
        set.Run("script", to: "A:C").Succeeds();
    }

    [TestMethod]
    public void On_SQLite_it_runs_by_sqlites_own_rules_and_there_is_no_idempotent_one()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A").AddTable("20260102000000_B");

        set.Run("script", request => request with { Idempotent = true }).FailsWith(DiagnosticCodes.InvalidSetting);
        set.Execute(string.Join("\n", set.Run("script").Succeeds().Lines));

        CollectionAssert.AreEqual(new[] { "A", "B" }, set.Tables.ToArray());
        Assert.HasCount(2, set.History);
    }

    private static MigrationSet Set() => new MigrationSet(SqlDialect.PostgreSql)
        .AddTable("20260101000000_A")
        .Add("20260102000000_B", Concurrent, "-- outside a transaction\nDROP INDEX CONCURRENTLY \"IX_B\";\nDROP TABLE \"B\";\n")
        .AddTable("20260103000000_C");

    private static string Script(MigrationSet set, string range, bool idempotent)
    {
        var path = set.Folder["script.sql"];
        Assert.Contains("Wrote ", set.Run("script", request => request with { To = range, Idempotent = idempotent, OutputPath = path }).Succeeds().Lines.Single());
        return path;
    }

    private static void Psql(MigrationSet set, string path)
    {
        var result = PostgreSqlServer.Shared.Psql("psql", set.Database, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", path]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
