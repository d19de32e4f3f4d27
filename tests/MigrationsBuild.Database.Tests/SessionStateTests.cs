using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// Each migration, and each stretch of one, starts from the same session state. The settings of one do not reach the next.
/// </summary>
[TestClass]
public class SessionStateTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";

    /// <summary>
    /// Changes of a session that could reach the next migration, each with an expression that shows them.
    /// </summary>
    public static IEnumerable<object[]> Leaks =>
    [
        ["SET search_path = other, public", "current_setting('search_path')"],
        ["SELECT set_config('search_path', '', false)", "current_setting('search_path')"],
        ["SET session_replication_role = replica", "current_setting('session_replication_role')"],
        ["SET ROLE pg_monitor", "current_user"],
        ["SET SESSION AUTHORIZATION pg_monitor", "session_user"],
        ["SET standard_conforming_strings = off", "current_setting('standard_conforming_strings')"],
        ["SET default_transaction_read_only = on", "current_setting('transaction_read_only')"],
        ["SET default_transaction_isolation = 'serializable'", "current_setting('transaction_isolation')"],
        ["SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "current_setting('transaction_read_only')"],
        ["SET row_security = off", "current_setting('row_security')"],
        ["SET check_function_bodies = off", "current_setting('check_function_bodies')"],
        ["SET TIME ZONE 'Asia/Tokyo'", "current_setting('TimeZone')"],
        ["SET app.tenant = 'x'", "coalesce(current_setting('app.tenant', true), '')"],
        ["DO $$ BEGIN PERFORM set_config('search_path', 'other', false); END $$", "current_setting('search_path')"],
        ["CREATE TEMP TABLE seen (value text)", "to_regclass('pg_temp.seen')::text"],
        ["CREATE TEMP VIEW seen AS SELECT 'x'::text AS value", "to_regclass('pg_temp.seen')::text"],
        ["PREPARE p AS SELECT 1", "(SELECT string_agg(name, ',') FROM pg_prepared_statements WHERE NOT from_sql IS false)"],
        ["DECLARE c CURSOR WITH HOLD FOR SELECT 1", "(SELECT string_agg(name, ',') FROM pg_cursors WHERE is_holdable)"],
    ];

    [TestMethod]
    [DynamicData(nameof(Leaks))]
    public void The_settings_of_a_migration_do_not_reach_the_next_one(string leak, string observed)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA other; CREATE TABLE public.seen (value text)");
        Add(set, A, $"SELECT 1;\n");
        Add(set, B, $"{leak};\n");
        Add(set, C, $"INSERT INTO public.seen SELECT {observed};\n");
        using var alone = new MigrationSet(SqlDialect.PostgreSql);
        alone.Execute("CREATE SCHEMA other; CREATE TABLE public.seen (value text)");
        Add(alone, C, $"INSERT INTO public.seen SELECT {observed};\n");

        set.Run("migrate").Succeeds();
        alone.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(alone.Query("SELECT * FROM public.seen").ToArray(), set.Query("SELECT * FROM public.seen").ToArray());
        Assert.HasCount(3, set.History);
        Assert.HasCount(3, set.Query("SELECT FROM public.\"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied'"));
    }

    [TestMethod]
    [DynamicData(nameof(Leaks))]
    public void Nor_does_it_in_one_transaction(string leak, string observed)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA other; CREATE TABLE public.seen (value text)");
        Add(set, A, $"INSERT INTO public.seen SELECT {observed};\n");
        var isOfNextTransaction = leak.Contains("default_", StringComparison.Ordinal)
            || leak.Contains("CHARACTERISTICS", StringComparison.Ordinal);
        Add(set, B, $"{(isOfNextTransaction ? "SELECT 1" : leak)};\n");
        Add(set, C, $"INSERT INTO public.seen SELECT {observed};\n");

        set.Run("migrate", request => request with { Settings = new RunSettings { IsOneTransaction = true } }).Succeeds();

        Assert.HasCount(1, set.Query("SELECT DISTINCT value FROM public.seen"));
        Assert.HasCount(3, set.History);
    }

    [TestMethod]
    [DynamicData(nameof(Leaks))]
    public void Settings_do_not_reach_the_next_stretch_unless_they_are_set_outside_a_transaction(string leak, string observed)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA other; CREATE TABLE public.seen (value text)");
        Add(
            set,
            A,
            $"INSERT INTO public.seen SELECT {observed};\n{leak};\n-- outside a transaction\nVACUUM public.seen;\n"
            + $"INSERT INTO public.seen SELECT {observed};\n");

        set.Run("migrate").Succeeds();

        Assert.HasCount(1, set.Query("SELECT DISTINCT value FROM public.seen"));
        Assert.HasCount(1, set.History);
    }

    [TestMethod]
    public void Settings_outside_a_transaction_are_valid_for_the_rest_of_the_migration_even_after_a_failed_run()
    {
        const string observe = "INSERT INTO public.seen SELECT current_setting('search_path') || ' ' || current_user;\n";
        const string outside = "-- outside a transaction\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA other; CREATE TABLE public.seen (value text); GRANT ALL ON public.seen TO pg_monitor");
        Add(
            set,
            A,
            $"{outside}SET search_path = other;\n{outside}SET ROLE pg_monitor;\n"
            + $"{observe}{outside}SELECT 1 / (SELECT count(*) FROM public.seen WHERE value = 'go');\n{observe}");
        Add(set, B, observe);

        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        set.Execute("INSERT INTO public.seen VALUES ('go')");
        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { "\"$user\", public postgres", "go", "other pg_monitor", "other pg_monitor" },
            set.Query("SELECT value FROM public.seen ORDER BY value COLLATE \"C\"").ToArray());
    }

    /// <summary>B01: the first statements of every dump of pg_dump.</summary>
    [TestMethod]
    [DataRow(null)]
    [DataRow("migrations")]
    public void A_dump_that_clears_the_search_path_is_a_migration_like_any_other(string? historySchema)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { HistorySchema = historySchema }
            .AddTable(A)
            .Add(
                B,
                "SET statement_timeout = 0;\nSET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);\n"
                + "SET row_security = off;\n"
                + "CREATE TABLE public.legacy (id integer NOT NULL, note text);\n"
                + "ALTER TABLE ONLY public.legacy ADD CONSTRAINT legacy_pkey PRIMARY KEY (id);\n",
                "DROP TABLE public.legacy;\n")
            .Add(C, "ALTER TABLE \"A\" ADD \"Note\" text;\n", "ALTER TABLE \"A\" DROP \"Note\";\n");

        set.Run("migrate").Succeeds();

        Assert.HasCount(3, set.History);
        CollectionAssert.AreEqual(new[] { "A", "legacy" }, set.Tables.ToArray());
        Assert.Contains($"{C} (head)", set.Run("current").Succeeds().Lines);
        Assert.StartsWith("Nothing to apply", set.Run("migrate").Succeeds().Lines[^1]);
        set.Run("rollback", to: "base").Succeeds();
    }

    /// <summary>B19: migrations in one run have the same result as in a run for each release.</summary>
    [TestMethod]
    public void Orphans_do_not_slip_past_a_foreign_key_because_an_earlier_migration_has_switched_it_off()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE things (id integer PRIMARY KEY);\nCREATE TABLE parts (thing integer REFERENCES things);\n", null)
            .Add(B, "SET session_replication_role = replica;\nINSERT INTO parts VALUES (4711);\n", null)
            .Add(C, "INSERT INTO parts VALUES (4712);\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);

        Assert.Contains("[23503]", error.Message);
        Assert.AreEqual(set.Folder[$"{C}.sql"], error.Location!.File);
        CollectionAssert.AreEqual(new[] { A, B }, set.History.ToArray());
    }

    [TestMethod]
    public void An_owner_stays_the_owner_whatever_the_migration_before_became()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        var (owner, other) = (set.Database + "_owner", set.Database + "_other");
        set.Execute($"CREATE ROLE {owner}; CREATE ROLE {other}; GRANT ALL ON SCHEMA public TO {owner}, {other}");
        Add(set, A, "RESET ROLE;\nCREATE TABLE a (id integer);\n");
        Add(set, B, $"SET ROLE {other};\nCREATE TABLE b (id integer);\n");
        Add(set, C, "CREATE TABLE c (id integer);\n");

        set.Run("migrate", request => request with { Settings = new RunSettings { Role = owner } }).Succeeds();

        CollectionAssert.AreEqual(
            new[] { $"__EFMigrationsHistory|{owner}", $"__MigrationsBuildJournal|{owner}", "a|postgres", $"b|{other}", $"c|{owner}" },
            set.Query("SELECT tablename::text COLLATE \"C\", tableowner::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                .ToArray());
        set.Execute($"DROP OWNED BY {owner}, {other}; DROP ROLE {owner}; DROP ROLE {other}");
    }

    [TestMethod]
    public void The_state_is_that_of_the_connection_and_the_role()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        var login = set.Database + "_login";
        set.Execute(
            $"CREATE ROLE {login} SUPERUSER LOGIN PASSWORD 'p'; ALTER ROLE {login} SET work_mem = '7MB'; CREATE SCHEMA tenant; "
            + "CREATE TABLE public.seen (value text)");
        Add(set, A, "SET work_mem = '9MB';\nSET search_path = public;\n");
        Add(set, B, "INSERT INTO public.seen SELECT current_setting('work_mem') || ' ' || current_setting('search_path');\n");

        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString)
        {
            Username = login,
            Password = "p",
            SearchPath = "tenant",
        };
        set.Run("migrate", connection: connection.ConnectionString).Succeeds();

        CollectionAssert.AreEqual(new[] { "7MB tenant" }, set.Query("SELECT * FROM public.seen").ToArray());
        Assert.HasCount(2, set.Query("SELECT FROM tenant.\"__EFMigrationsHistory\""));
        set.Execute($"DROP OWNED BY {login}; DROP ROLE {login}");
    }

    private static void Add(MigrationSet set, string id, string up) => set.Add(id, up, null);
}
