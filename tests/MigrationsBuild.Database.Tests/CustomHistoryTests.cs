using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>B11: an application's own <c>IHistoryRepository</c>, with a column that only its own scripts fill.</summary>
[TestClass]
public class CustomHistoryTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string Rows = "SELECT \"MigrationId\", \"AppVersion\" FROM \"__EFMigrationsHistory\" ORDER BY 1";
    private const string Removed = "SELECT \"Id\" FROM \"Removed\" ORDER BY 1";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Its_scripts_write_the_history_in_every_verb(SqlDialect dialect)
    {
        using var set = Set(dialect).AddTable(A).AddTable(B);

        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { $"{A}|v-A", $"{B}|v-B" }, set.Query(Rows).ToArray());
        set.Run("rollback", to: "A").Succeeds();
        CollectionAssert.AreEqual(new[] { $"{A}|v-A" }, set.Query(Rows).ToArray());
        CollectionAssert.AreEqual(new[] { B }, set.Query(Removed).ToArray());
        set.Run("stamp", to: "head").Succeeds();
        set.Run("stamp", to: "base").Succeeds();
        Assert.IsEmpty(set.Query(Rows));
        CollectionAssert.AreEqual(new[] { A, B, B }, set.Query(Removed).ToArray());
        var script = string.Join("\n", set.Run("script", to: "base:head").Succeeds().Lines);
        Assert.Contains("'v-B');", script);
        Assert.DoesNotContain(";;", script);
    }

    [TestMethod]
    public void A_migration_that_the_build_no_longer_has_is_taken_out_by_the_script_for_any()
    {
        using var set = Set(SqlDialect.PostgreSql).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();

        set.Remove(B).Run("rollback", to: "A").Succeeds();

        CollectionAssert.AreEqual(new[] { $"{A}|v-A" }, set.Query(Rows).ToArray());
        Assert.Contains(B, set.Query(Removed));
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_squashed_migration_is_recorded_and_the_replaced_ones_are_removed_by_its_scripts(SqlDialect dialect)
    {
        const string Squashed = "20260102000000_S";
        using var set = Set(dialect).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();

        set.Squash(Squashed, "CREATE TABLE \"A\" (x integer);\n", null, A, B).Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { $"{Squashed}|v-S" }, set.Query(Rows).ToArray());
        CollectionAssert.AreEqual(new[] { A, B }, set.Query(Removed).ToArray());
    }

    [TestMethod]
    public void Changes_of_the_session_do_not_pass_between_migrations_and_history_scripts()
    {
        using var set = Set(SqlDialect.PostgreSql, after: "; SET search_path TO elsewhere")
            .Add(
                A,
                "-- outside a transaction\nSET search_path TO elsewhere;\nCREATE TABLE public.first (id integer);\n",
                "DROP TABLE public.first;\n")
            .Add(B, "CREATE TABLE second (id integer);\n", "DROP TABLE second;\n");
        set.Execute("CREATE SCHEMA elsewhere");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { $"{A}|v-A", $"{B}|v-B" }, set.Query(Rows).ToArray());
        CollectionAssert.AreEqual(new[] { "public" }, set.Query("SELECT schemaname FROM pg_tables WHERE tablename = 'second'").ToArray());
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_script_that_fails_or_records_nothing_is_named_and_nothing_of_the_migration_stays(SqlDialect dialect)
    {
        using var failing = Set(dialect, _ => new("INSERT INTO \"Nowhere\" VALUES (1)", "SELECT 1")).AddTable(A);
        using var idle = Set(dialect, _ => new("SELECT 1", "SELECT 1")).AddTable(A);

        Assert.Contains(
            "in SQL of the application's history repository: INSERT INTO \"Nowhere\"",
            failing.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed).Message);
        Assert.Contains($"doesn't record that {A} is applied", idle.Run("migrate").FailsWith(DiagnosticCodes.CustomHistory).Message);

        Assert.DoesNotContain("A", failing.Tables);
        Assert.DoesNotContain("A", idle.Tables);
    }

    [TestMethod]
    public void A_repository_that_reads_otherwise_is_refused_before_anything_is_written_and_has_a_script()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
        {
            Recording = id => Scripts(id, ""),
            CustomHistory = table => table with { Unsupported = "History overrides how the applied migrations are read" },
        }.AddTable(A);

        Assert.Contains("dotnet build -t:DbScript", set.Run("migrate").FailsWith(DiagnosticCodes.CustomHistory).Message);
        Assert.IsFalse(set.DatabaseExists);
        set.Run("script", to: "base:head").Succeeds();
    }

    private static MigrationSet Set(SqlDialect dialect, string after = "") => Set(dialect, id => Scripts(id, after));

    private static MigrationSet Set(SqlDialect dialect, Func<string, HistoryScripts> scripts) => new(dialect)
    {
        Recording = scripts,
        CustomHistory = table => table with
        {
            CreateScript = """
                CREATE TABLE IF NOT EXISTS "Removed" ("Id" varchar(150) NOT NULL);
                CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
                    "MigrationId" varchar(150) NOT NULL PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL,
                    "AppVersion" varchar(20) NOT NULL);
                """,
            DeleteScript = Scripts(ScriptForm.Id, "").Delete,
        },
    };

    private static HistoryScripts Scripts(string id, string after) => new(
        "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\", \"AppVersion\")\n"
        + $"VALUES ('{id}', '10.0.14', 'v-{id[^1]}'){after};\n",
        $"INSERT INTO \"Removed\" VALUES ('{id}');\nDELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = '{id}'{after};\n");
}
