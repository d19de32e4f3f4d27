using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>The SQL of the whole schema: it creates what all migrations create.</summary>
[TestClass]
public class SchemaFileTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    [DataRow(DiffTests.Schema)]
    [DataRow(CatalogScriptTests.Entangled)]
    public async Task It_creates_with_psql_what_the_migrations_create(string schema)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { HistorySchema = "ef" }.Add(A, schema, null).AddTable(B);
        var text = Text(set.Run("schema"));
        using var empty = new ScriptedDatabase();
        set.Folder.Write("schema.sql", text);

        var result = PostgreSqlServer.Shared.Psql("psql", empty.Name, ["-v", "ON_ERROR_STOP=1", "-f", set.Folder["schema.sql"]]);

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.AreEqual("", result.Error);
        Assert.DoesNotContain("Not written", text);
        set.Run("migrate", request => request with { Force = set.Database }).Succeeds();
        var migrated = (await ScriptedDatabase.ReadAsync(set.ConnectionString)).Without(IsHistory);
        Assert.AreEqual("", string.Join("\n", migrated.AllDifferencesTo(await empty.ReadAsync()).SelectMany(one => one.Lines)));
        Assert.DoesNotContain("__", text);
        Assert.AreEqual(text, Text(set.Run("schema")), "It depends on nothing but the migrations.");
    }

    [TestMethod]
    public void Its_order_doesnt_depend_on_the_order_of_creation()
    {
        string[] functions = [Function("f"), Function("g"), Function("h")];
        const string table = "CREATE TABLE t (a integer DEFAULT h() + f() + g());\n";
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, string.Concat(functions) + table, null);
        Array.Reverse(functions);
        using var reversed = new MigrationSet(SqlDialect.PostgreSql).Add(A, string.Concat(functions) + table, null);

        Assert.AreEqual(Text(set.Run("schema")), Text(reversed.Run("schema")));

        static string Function(string name) => $"CREATE FUNCTION {name}() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n";
    }

    [TestMethod]
    public void It_creates_in_SQLite_what_the_migrations_create()
    {
        const string schema =
            """"
            CREATE TABLE "a ""b""" (
                id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT COLLATE NOCASE NOT NULL DEFAULT 'it''s',
                g INTEGER AS (id * 2), CHECK (n <> ''), UNIQUE (n, id));
            ALTER TABLE "a ""b""" ADD late TEXT;
            CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER REFERENCES "a ""b""" ON DELETE CASCADE) STRICT;
            CREATE UNIQUE INDEX few ON child (a) WHERE a > 3;
            CREATE VIEW v AS SELECT n FROM "a ""b""";
            CREATE TRIGGER t INSTEAD OF DELETE ON v BEGIN SELECT 1; SELECT 2; END;

            """";
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, schema, null);
        var text = Text(set.Run("schema"));
        using var other = new MigrationSet(SqlDialect.Sqlite).Add(A, text, null);
        set.Run("migrate").Succeeds();
        other.Run("migrate").Succeeds();

        Assert.AreEqual(Master(set), Master(other));
        Assert.AreEqual(text, Text(other.Run("schema")), "The schema of the schema is the same.");
    }

    [TestMethod]
    public void Without_a_server_there_is_no_schema()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);

        var error = set.Run("schema", request => request, "Host=db.example;Database=shop").FailsWith(
            DiagnosticCodes.NoScratchServer);

        Assert.StartsWith("DbSchemaFile needs a server", error.Message);
    }

    private static string Text(RunnerResult result) => result.Succeeds().Command.Output.Split('\n').Select(MessageLine.Parse)
        .Single(message => message.Name == RunnerMessages.Schema)["text"];

    private static bool IsHistory(CatalogObject one) => one.Name == "ef" || ObjectName.Parse(one.Whole).Schema == "ef"
        || ObjectName.Parse(one.Whole).Name.StartsWith("__", StringComparison.Ordinal);

    private static string Master(MigrationSet set) => string.Join("\n", set.Query(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\' AND sql IS NOT NULL "
        + "AND name NOT LIKE 'sqlite%' ORDER BY type, name"));
}
