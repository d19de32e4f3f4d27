using Microsoft.Data.Sqlite;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql.Definitions;
using MigrationsBuild.Runner.Databases.Sqlite;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Executes scripts that turn one catalog into another. The comparison of the catalogs is the oracle.</summary>
[TestClass]
public class CatalogScriptTests
{
    /// <summary>Objects that need each other, and objects whose names need quotes.</summary>
    internal const string Entangled =
        """"
        CREATE SCHEMA "My ""Shop""";
        CREATE TYPE stage AS ENUM ('new', 'it''s "paid"', 'sent');
        CREATE DOMAIN code AS varchar(9) COLLATE "C" CONSTRAINT short CHECK (length(VALUE) < 9);
        CREATE TABLE "My ""Shop"""."it's. $do$" (
            "Id" bigserial PRIMARY KEY, "a.b" stage NOT NULL DEFAULT 'new', n integer NOT NULL DEFAULT 3, tags stage[], code code,
            payload text, CONSTRAINT "not sent" CHECK ("a.b" <> 'sent'));
        COMMENT ON TABLE "My ""Shop"""."it's. $do$" IS E'a\nb''s $do$ \\ comment';
        COMMENT ON CONSTRAINT "not sent" ON "My ""Shop"""."it's. $do$" IS 'why';
        ALTER TABLE "My ""Shop"""."it's. $do$" ALTER payload SET STORAGE EXTERNAL, ALTER n SET (n_distinct = 5);
        CREATE INDEX paid ON "My ""Shop"""."it's. $do$" (n) WHERE "a.b" = 'it''s "paid"';
        CREATE INDEX "by n" ON "My ""Shop"""."it's. $do$" (n);
        CREATE UNIQUE INDEX one ON "My ""Shop"""."it's. $do$" (lower(payload) DESC NULLS LAST);
        ALTER TABLE "My ""Shop"""."it's. $do$" CLUSTER ON "by n";
        CREATE VIEW staged AS SELECT "a.b", tags FROM "My ""Shop"""."it's. $do$";
        CREATE VIEW counted AS SELECT count(*) FROM staged;
        CREATE FUNCTION twice(n integer, m integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT n * m; END;
        CREATE TABLE b (
            id integer PRIMARY KEY, a integer, d integer GENERATED ALWAYS AS (twice(a)) STORED, e integer DEFAULT twice(4),
            CONSTRAINT even CHECK (twice(a) > 0));
        CREATE TABLE a (id integer PRIMARY KEY DEFERRABLE, b integer CONSTRAINT of_b REFERENCES b, CONSTRAINT self UNIQUE (id, b));
        ALTER TABLE b ADD CONSTRAINT of_a FOREIGN KEY (id, a) REFERENCES a (id, b) DEFERRABLE INITIALLY DEFERRED;
        CREATE VIEW z AS SELECT id, a FROM b;
        CREATE VIEW base WITH (security_barrier = true) AS SELECT id, a, twice(a) AS t FROM b;
        CREATE VIEW above AS SELECT count(*) FROM base, z;
        CREATE MATERIALIZED VIEW stored AS SELECT t FROM base;
        CREATE INDEX on_stored ON stored (t);
        CREATE FUNCTION rows_of_b() RETURNS SETOF b LANGUAGE sql AS 'SELECT * FROM b';
        CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER instead INSTEAD OF UPDATE ON z FOR EACH ROW EXECUTE FUNCTION changed();
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON b DEFERRABLE FOR EACH ROW WHEN (NEW.a > 3) EXECUTE FUNCTION changed();
        ALTER TABLE b ENABLE ALWAYS TRIGGER late, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
        CREATE POLICY few ON b AS RESTRICTIVE FOR INSERT WITH CHECK (a > twice(1));
        CREATE RULE loud AS ON DELETE TO a DO ALSO SELECT 'CREATE RULE ; x';
        CREATE TABLE parts (id integer NOT NULL, day date NOT NULL, b integer REFERENCES b, CONSTRAINT whole CHECK (id > 0))
            PARTITION BY RANGE (id);
        CREATE TABLE part1 PARTITION OF parts (UNIQUE (id)) FOR VALUES FROM (0) TO (9);
        CREATE TABLE rest PARTITION OF parts DEFAULT;
        ALTER TABLE parts ADD CONSTRAINT by_id PRIMARY KEY (id, day);
        CREATE INDEX by_day ON parts (day);
        CREATE TRIGGER watch AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION changed();
        CREATE TABLE heirs (extra integer) INHERITS (b);
        CREATE SEQUENCE counter AS smallint CYCLE MAXVALUE 9 OWNED BY b.a;
        CREATE TYPE pair AS (a text, b integer);
        CREATE TABLE pairs (p pair, l integer GENERATED ALWAYS AS IDENTITY (START 7));

        """";

    /// <summary>Changes of <see cref="Entangled"/>.</summary>
    private static readonly string[] _changes =
    [
        "ALTER TYPE stage ADD VALUE 'lost' BEFORE 'sent'",
        "ALTER TABLE b ADD c integer; CREATE OR REPLACE VIEW z AS SELECT id, a, c FROM b",
        "ALTER TABLE \"My \"\"Shop\"\"\".\"it's. $do$\" ALTER n DROP DEFAULT, ALTER n TYPE text, ALTER n SET DEFAULT 'x'",
        "DROP VIEW above; DROP VIEW z; CREATE VIEW z AS SELECT a FROM b; CREATE VIEW above AS SELECT max(a) FROM z",
        "DROP VIEW above; DROP MATERIALIZED VIEW stored; DROP VIEW base; DROP VIEW z; DROP POLICY few ON b;"
            + " DROP FUNCTION rows_of_b; ALTER TABLE b DROP d, DROP e, DROP CONSTRAINT even; DROP FUNCTION twice;"
            + " CREATE FUNCTION twice(n integer, m integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "ALTER TABLE b ALTER e SET DEFAULT 5, ALTER e SET NOT NULL;"
            + " CREATE OR REPLACE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "ALTER TABLE parts ADD more text NOT NULL DEFAULT 'x'; CREATE INDEX by_more ON parts (more); DROP INDEX by_day",
        "ALTER TABLE parts DETACH PARTITION rest",
        "ALTER TABLE parts DROP CONSTRAINT whole; ALTER TABLE b ALTER a SET NOT NULL; ALTER TABLE heirs NO INHERIT b",
        "ALTER TABLE a DROP CONSTRAINT of_b; ALTER TABLE b DROP CONSTRAINT of_a; ALTER TABLE a DROP CONSTRAINT self",
        "ALTER TABLE b REPLICA IDENTITY USING INDEX b_pkey, NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER late",
        "ALTER SEQUENCE counter OWNED BY NONE NO CYCLE; ALTER TABLE pairs ALTER l DROP IDENTITY; COMMENT ON TYPE stage IS 'the stage'",
        "ALTER TABLE pairs ALTER l SET GENERATED BY DEFAULT SET CYCLE; ALTER DOMAIN code DROP CONSTRAINT short;"
            + " ALTER DOMAIN code SET NOT NULL; ALTER DOMAIN code SET DEFAULT 'x'; ALTER DOMAIN code ADD CHECK (VALUE <> 'z')",
        "DROP TABLE pairs; DROP TYPE pair; DROP TABLE parts CASCADE; DROP MATERIALIZED VIEW stored",
        "DROP TRIGGER late ON b; DROP RULE loud ON a;"
            + " ALTER TABLE \"My \"\"Shop\"\"\".\"it's. $do$\" SET WITHOUT CLUSTER, SET UNLOGGED",
        "COMMENT ON VIEW base IS 'b'; COMMENT ON INDEX on_stored IS 'p'; COMMENT ON FUNCTION changed() IS 'c';"
            + " COMMENT ON TRIGGER late ON b IS 'l'; COMMENT ON POLICY few ON b IS 'f'; COMMENT ON RULE loud ON a IS 'r';"
            + " COMMENT ON SCHEMA \"My \"\"Shop\"\"\" IS 's';"
            + " COMMENT ON SEQUENCE counter IS 'q'; COMMENT ON DOMAIN code IS 'd'; COMMENT ON MATERIALIZED VIEW stored IS 'm'",
    ];

    [TestMethod]
    public async Task Each_difference_is_written_in_both_directions()
    {
        var wrong = await CompareAsync(DiffTests.Schema, [.. DiffTests.Changes.Select(change => change.Sql)]);

        Assert.AreEqual(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'sales.\"IX_Code\"'::regclass: "
            + "not writable: different index sales.\"IX_Code\"",
            string.Join("\n", wrong));
    }

    [TestMethod]
    public async Task Objects_that_need_a_changed_object_are_created_again() =>
        Assert.AreEqual("", string.Join("\n", await CompareAsync(Entangled, _changes)));

    /// <summary>
    /// Executes the scripts between a schema and the schema after each change, in both directions, and on a database that has the change
    /// already.
    /// </summary>
    /// <returns>The scripts that have failed, or that have another result.</returns>
    private static async Task<List<string>> CompareAsync(string schema, IReadOnlyList<string> changes)
    {
        var wrong = new List<string>();
        using var original = new ScriptedDatabase();
        original.Execute(schema);
        var expected = await original.ReadAsync();
        foreach (var change in changes.Append(""))
        {
            using var live = new ScriptedDatabase(change.Length > 0 ? original : null);
            using var copy = new ScriptedDatabase(original);
            if (change.Length > 0)
                live.Execute(change);
            var actual = await live.ReadAsync();
            var there = new CatalogScript(expected, actual, new PostgreSqlObjects());
            var back = new CatalogScript(actual, expected, new PostgreSqlObjects());
            if (there.NotWritable.Count > 0)
                wrong.Add($"{change}: not writable: {NotWritable(there)}");
            wrong.AddRange(await TryAsync($"{change}: there", copy, there, there.NotWritable.Count > 0 ? expected : actual));
            wrong.AddRange(await TryAsync($"{change}: there again", live, there, actual));
            wrong.AddRange(await TryAsync($"{change}: back", live, back, expected));
        }

        return wrong;
    }

    private static async Task<IReadOnlyList<string>> TryAsync(string what, ScriptedDatabase database, CatalogScript script, Catalog result)
    {
        try
        {
            database.Execute(script.Statements);
        }
        catch (PostgresException failure)
        {
            return [$"{what}: {failure.MessageText} ({failure.Detail}): {failure.BatchCommand?.CommandText}"];
        }

        var differences = result.AllDifferencesTo(await database.ReadAsync());
        return differences.Count == 0 ? [] : [$"{what}:\n{string.Join("\n", differences.SelectMany(one => one.Lines))}"];
    }

    [TestMethod]
    [DataRow("ALTER TABLE b ADD n integer NOT NULL DEFAULT 3", "")]
    [DataRow("CREATE TABLE c (id integer PRIMARY KEY, n text UNIQUE CHECK (n <> ''), b integer REFERENCES b); CREATE INDEX i ON c (n)", "")]
    [DataRow("DROP TABLE b", "")]
    [DataRow(
        "ALTER TABLE \"group\" ADD \"order\" text; CREATE INDEX \"index\" ON \"group\" (\"order\"); CREATE TABLE \"a.\"\"\" (id text)", "")]
    [DataRow("DROP INDEX ix; CREATE UNIQUE INDEX ix ON a (n)", "")]
    [DataRow("DROP VIEW v; CREATE VIEW v AS SELECT 1 AS one; CREATE TRIGGER t INSTEAD OF DELETE ON v BEGIN SELECT 1; END", "")]
    [DataRow("DROP TRIGGER watch", "")]
    [DataRow("ALTER TABLE b ADD n integer CHECK (n > 0)", "")]
    [DataRow("ALTER TABLE b ADD n integer REFERENCES a", "additional foreign key b.n")]
    [DataRow("ALTER TABLE b ADD n integer GENERATED ALWAYS AS (1)", "additional column b.n")]
    [DataRow("DROP TABLE b; CREATE TABLE b (id text)", "different column b.id")]
    public async Task SQLite_writes_what_its_ALTER_TABLE_can_do(string change, string notWritable)
    {
        const string schema =
            """
            CREATE TABLE a (id integer PRIMARY KEY, n text);
            CREATE TABLE b (id integer);
            CREATE TABLE "group" (id integer);
            CREATE INDEX ix ON a (n);
            CREATE VIEW v AS SELECT n FROM a;
            CREATE TRIGGER watch AFTER UPDATE ON a BEGIN SELECT 1; END;
            """;
        using var folder = new TestFolder();
        var (before, after) = (folder["before.db"], folder["after.db"]);
        ExecuteSqlite(before, schema);
        ExecuteSqlite(after, schema + change);

        var (expected, actual) = (await ReadSqliteAsync(before), await ReadSqliteAsync(after));
        var script = new CatalogScript(expected, actual, new SqliteObjects());

        Assert.AreEqual(notWritable, NotWritable(script));
        if (notWritable.Length > 0)
            return;
        ExecuteSqlite(before, string.Join(";\n", script.Statements));
        Assert.IsEmpty(actual.AllDifferencesTo(await ReadSqliteAsync(before)));
        ExecuteSqlite(after, string.Join(";\n", new CatalogScript(actual, expected, new SqliteObjects()).Statements));
        Assert.IsEmpty(expected.AllDifferencesTo(await ReadSqliteAsync(after)));
    }

    private static string NotWritable(CatalogScript script) =>
        string.Join("; ", script.NotWritable.Select(one => $"{one.Word} {one.Object.Kind} {one.Object.Name}"));

    private static void ExecuteSqlite(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<Catalog> ReadSqliteAsync(string file)
    {
        await using var database = new SqliteDatabase(
            ScriptedDatabase.History, new RunSettings(), $"Data Source={file};Pooling=False", "", new DatabaseEvents());
        await database.ConnectAsync(CancellationToken.None);
        return await database.ReadCatalogAsync(withPrivileges: false, CancellationToken.None);
    }
}
