using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>The oracle is the runner itself: a script by psql, and the same range applied, give the same <c>pg_dump</c>.</summary>
[TestClass]
public class ScriptTests
{
    private const string Concurrent = "CREATE TABLE \"B\" (\"Id\" integer);\n-- outside a transaction\n"
        + "CREATE INDEX CONCURRENTLY \"IX_B\" ON \"B\" (\"Id\");\nCOMMENT ON TABLE \"B\" IS 'it''s :HOST; done' -- a last word\n;\n";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void With_psql_it_has_the_same_result_as_a_run(bool idempotent)
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
    [DataRow(false)]
    [DataRow(true)]
    public void In_a_script_the_settings_of_a_migration_do_not_reach_the_next_one(bool idempotent)
    {
        using var run = Leaking();
        using var script = Leaking();
        run.Run("migrate").Succeeds();
        script.Execute("SELECT 1");

        Psql(script, Script(script, ":", idempotent));

        Assert.AreEqual(PostgreSqlServer.Shared.Dump(run.Database), PostgreSqlServer.Shared.Dump(script.Database));
        CollectionAssert.AreEqual(run.Query("SELECT * FROM public.seen").ToArray(), script.Query("SELECT * FROM public.seen").ToArray());
        CollectionAssert.AreEqual(run.History.ToArray(), script.History.ToArray());
    }

    [TestMethod]
    public void The_role_and_the_path_in_which_it_is_run_stay()
    {
        using var set = Leaking();
        set.Execute(
            $"CREATE ROLE {set.Database}_owner; CREATE SCHEMA tenant; GRANT ALL ON SCHEMA tenant, public TO {set.Database}_owner; "
            + $"GRANT ALL ON DATABASE {set.Database} TO {set.Database}_owner");
        var path = Script(set, ":", idempotent: true);

        Psql(set, path, "-c", $"SET ROLE {set.Database}_owner", "-c", "SET search_path = tenant");

        CollectionAssert.AreEqual(
            new[] { $"__EFMigrationsHistory|{set.Database}_owner", $"d|{set.Database}_owner" },
            set.Query("SELECT tablename::text COLLATE \"C\", tableowner::text FROM pg_tables WHERE schemaname = 'tenant' ORDER BY 1")
                .ToArray());
        set.Execute($"DROP OWNED BY {set.Database}_owner CASCADE; DROP ROLE {set.Database}_owner");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_ends_at_the_first_error_and_reads_literals_by_the_standard_whatever_the_server_is_set_to(bool idempotent)
    {
        using var set = Set().Add("20260102000000_B", "COMMENT ON TABLE \"A\" IS 'a\\';\nSELECT nothing;\n", null);
        set.Execute("SELECT 1");
        set.Execute($"ALTER DATABASE {set.Database} SET standard_conforming_strings = off");

        var result = PostgreSqlServer.Shared.Psql("psql", set.Database, ["-X", "-q", "-f", Script(set, ":", idempotent)]);

        Assert.AreEqual(3, result.ExitCode, result.ToString());
        Assert.Contains("column \"nothing\" does not exist", result.Error);
        CollectionAssert.AreEqual(new[] { "20260101000000_A" }, set.History.ToArray());
    }

    [TestMethod]
    [DataRow("SELECT 1;\n", DisplayName = "and a migration that may change the session")]
    [DataRow("CREATE TABLE d (a text);\n", DisplayName = "and one that doesn't")]
    public void It_is_read_as_UTF8_whatever_psql_is_set_to(string first)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add("20260101000000_A", "CREATE TABLE t (a text);\n" + first, null)
            .Add("20260102000000_B", "INSERT INTO t VALUES ('ä');\n", null);
        set.Execute("SELECT 1");
        set.Execute($"ALTER DATABASE {set.Database} SET client_encoding = 'LATIN1'");

        Psql(set, Script(set, ":", idempotent: false));

        CollectionAssert.AreEqual(new[] { "1" }, set.Query("SELECT length(a) FROM t").ToArray());
    }

    [TestMethod]
    public void A_script_that_a_log_would_show_otherwise_goes_into_a_file()
    {
        using var set = Set().Add("20260104000000_D", "CREATE TABLE d (a text DEFAULT 'x\n::error::y');\n", null);

        Assert.Contains("-p:DbSqlFile", set.Run("script").FailsWith(DiagnosticCodes.InvalidSetting).Message);
        Assert.Contains("\n::error::y'", File.ReadAllText(Script(set, ":", idempotent: false)));
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

        CollectionAssert.AreEqual(
            ids, lines.Where(line => line.StartsWith("-- 2026", StringComparison.Ordinal)).Select(line => line[3..]).ToArray());
    }

    [TestMethod]
    public void A_range_from_current_asks_the_database()
    {
        using var set = Set();
        set.Run("migrate", to: "B").Succeeds();

        Assert.HasCount(
            1, set.Run("script", to: "current:").Succeeds().Lines.Where(line => line.StartsWith("-- 2026", StringComparison.Ordinal)));
        set.Run("script", to: "current:", connection: "Host=127.0.0.1;Port=1;Username=x;Password=y").FailsWith(DiagnosticCodes.Unreachable);
    }

    [TestMethod]
    public void It_needs_no_database_otherwise()
    {
        using var set = Set();

        set.Run("script", to: ":", connection: "Host=127.0.0.1;Port=1;Username=x;Password=y").Succeeds();
    }

    [TestMethod]
    public void Unapproved_and_irreversible_migrations_are_in_no_script()
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

    private static MigrationSet Leaking() => new MigrationSet(SqlDialect.PostgreSql)
        .Add("20260101000000_A", "CREATE TABLE public.seen (value text);\nCREATE SCHEMA other;\n", null)
        .Add(
            "20260102000000_B",
            "SELECT pg_catalog.set_config('search_path', 'other', false);\nSET TIME ZONE 'Asia/Tokyo';\nCREATE TEMP TABLE d (x text);\n"
            + "SET standard_conforming_strings = off;\n",
            null)
        .Add(
            "20260103000000_C",
            "DO $$ BEGIN EXECUTE 'SET row_security = off'; END $$;\n-- outside a transaction\nSET search_path = other;\n",
            null)
        .Add(
            "20260104000000_D",
            "CREATE TABLE d (x text);\n"
            + "INSERT INTO public.seen SELECT current_setting('TimeZone') || current_setting('row_security') || 'a\\b';\n",
            null);

    private static MigrationSet Set() => new MigrationSet(SqlDialect.PostgreSql)
        .AddTable("20260101000000_A")
        .Add("20260102000000_B", Concurrent, "-- outside a transaction\nDROP INDEX CONCURRENTLY \"IX_B\";\nDROP TABLE \"B\";\n")
        .AddTable("20260103000000_C");

    private static string Script(MigrationSet set, string range, bool idempotent)
    {
        var path = set.Folder["script.sql"];
        Assert.Contains(
            "Wrote ",
            set.Run("script", request => request with { To = range, Idempotent = idempotent, OutputPath = path }).Succeeds()
                .Lines.Single());
        return path;
    }

    private static void Psql(MigrationSet set, string path, params string[] arguments)
    {
        var result = PostgreSqlServer.Shared.Psql("psql", set.Database, ["-X", "-q", .. arguments, "-f", path]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
