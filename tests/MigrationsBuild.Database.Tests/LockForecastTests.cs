using MigrationsBuild.Contexts;
using MigrationsBuild.Lint;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>The forecast of locks and work, compared with the locks, rewrites, indexes and scans of PostgreSQL.</summary>
[TestClass]
public sealed class LockForecastTests : IDisposable
{
    private const string Schema =
        """
        CREATE TYPE mood AS ENUM ('sad', 'glad');
        CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
        CREATE TABLE parent (id integer PRIMARY KEY);
        CREATE TABLE t (
            id integer PRIMARY KEY, name varchar(20) NOT NULL, age integer, price numeric(10,4), state mood, parent_id integer,
            code text COLLATE "C", total integer GENERATED ALWAYS AS (parent_id + 1) STORED,
            CONSTRAINT has_state CHECK (state IS NOT NULL),
            CONSTRAINT unique_code UNIQUE (code));
        ALTER TABLE t ADD CONSTRAINT has_age CHECK (age IS NOT NULL) NOT VALID;
        CREATE TABLE child (id integer PRIMARY KEY, parent_id integer CONSTRAINT to_parent REFERENCES parent (id), self_id integer);
        ALTER TABLE child ADD CONSTRAINT to_self FOREIGN KEY (self_id) REFERENCES child (id) NOT VALID;
        CREATE TABLE counted (id integer GENERATED ALWAYS AS IDENTITY, level integer CONSTRAINT low CHECK (level < 10),
            note varchar(9), title varchar(9));
        CREATE INDEX c_note ON counted (note);
        CREATE INDEX c_title ON counted (id) WHERE title IS NOT NULL;
        CREATE INDEX t_name ON t (name);
        CREATE UNIQUE INDEX t_parent ON t (parent_id, lower(name)) INCLUDE (age) WHERE age > 3;
        CREATE TABLE parted (id integer NOT NULL) PARTITION BY RANGE (id);
        CREATE TABLE part1 PARTITION OF parted FOR VALUES FROM (0) TO (1000);
        CREATE TABLE loose (id integer NOT NULL);
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER does_nothing AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION nothing();
        INSERT INTO parent VALUES (1);
        INSERT INTO t SELECT i, 'name of ' || i, i, i / 7.0, 'sad', i, i::text FROM generate_series(1, 100) AS i;
        INSERT INTO child SELECT i, 1 FROM generate_series(1, 100) AS i;
        INSERT INTO counted (level) SELECT 1 FROM generate_series(1, 100) AS i;
        INSERT INTO parted SELECT i FROM generate_series(1, 100) AS i;
        -- With statistics, PostgreSQL may read the rows of a foreign key's table through an index, which isn't counted as a scan.
        DO $$
        DECLARE name regclass;
        BEGIN
            FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
                EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', name);
            END LOOP;
        END $$;
        """;

    private readonly MeasuredDatabase _database = new();

    public LockForecastTests()
    {
        Execute(Schema);
    }

    public void Dispose() => _database.Dispose();

    [TestMethod]
    public async Task It_names_the_locks_and_the_work_of_PostgreSQL()
    {
        string[] cases =
        [
            "ALTER TABLE t ADD x integer",
            "ALTER TABLE t ADD x integer NOT NULL DEFAULT 7",
            "ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid()",
            "ALTER TABLE t ADD x positive",
            "ALTER TABLE t ADD x integer GENERATED ALWAYS AS (id + 1) STORED",
            "ALTER TABLE t ADD x bigserial",
            "ALTER TABLE t ADD x integer CHECK (x > 0)",
            "ALTER TABLE t ADD x integer UNIQUE",
            "ALTER TABLE t ADD x integer REFERENCES parent (id)",
            "ALTER TABLE t ADD x integer DEFAULT 1 REFERENCES parent (id)",
            "ALTER TABLE t DROP COLUMN age",
            "ALTER TABLE child DROP COLUMN parent_id",
            "ALTER TABLE t RENAME COLUMN name TO full_name",
            "ALTER TABLE t RENAME TO u",
            "ALTER TABLE t RENAME TO u; ALTER TABLE u ALTER COLUMN id TYPE bigint",
            "ALTER TABLE t ALTER COLUMN name TYPE text",
            "ALTER TABLE t ALTER COLUMN name TYPE text USING upper(name)",
            "ALTER TABLE t ALTER COLUMN name TYPE text USING (name::text)",
            "ALTER TABLE t ALTER COLUMN name TYPE text USING name",
            "ALTER TABLE t ALTER COLUMN age TYPE bigint",
            "ALTER TABLE counted ALTER COLUMN note TYPE text",
            "ALTER TABLE counted ALTER COLUMN title TYPE text",
            "ALTER TABLE counted ALTER COLUMN title TYPE varchar(10)",
            "ALTER TABLE t ALTER COLUMN price TYPE numeric(12,4)",
            "ALTER TABLE t ALTER COLUMN code TYPE varchar COLLATE \"C\"",
            "ALTER TABLE t ALTER COLUMN code TYPE text COLLATE \"POSIX\"",
            "ALTER TABLE child ALTER COLUMN parent_id TYPE bigint",
            "ALTER TABLE t ALTER COLUMN age SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN state SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN name SET NOT NULL",
            "ALTER TABLE t VALIDATE CONSTRAINT has_age; ALTER TABLE t ALTER COLUMN age SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN name DROP NOT NULL",
            "ALTER TABLE t ALTER COLUMN age SET DEFAULT 7",
            "ALTER TABLE t ALTER COLUMN age SET STATISTICS 100",
            "ALTER TABLE t ALTER COLUMN name SET STORAGE PLAIN",
            "ALTER TABLE t ALTER COLUMN name SET (n_distinct = 5)",
            "ALTER TABLE t ALTER COLUMN total DROP EXPRESSION",
            "ALTER TABLE counted ALTER COLUMN id DROP IDENTITY",
            "ALTER TABLE t ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY",
            "ALTER TABLE t ADD CHECK (id > 0)",
            "ALTER TABLE t ADD CHECK (id > 0) NOT VALID",
            "ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent (id)",
            "ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent (id) NOT VALID",
            "ALTER TABLE child VALIDATE CONSTRAINT to_self",
            "ALTER TABLE t VALIDATE CONSTRAINT has_age",
            "ALTER TABLE t ADD UNIQUE (id, name)",
            "CREATE UNIQUE INDEX i ON t (name); ALTER TABLE t ADD UNIQUE USING INDEX i",
            "ALTER TABLE counted ADD PRIMARY KEY (id)",
            "ALTER TABLE counted ADD EXCLUDE USING btree (id WITH =)",
            "ALTER TABLE child DROP CONSTRAINT to_parent",
            "ALTER TABLE t DROP CONSTRAINT unique_code",
            "ALTER TABLE child RENAME CONSTRAINT to_parent TO up",
            "ALTER TABLE t SET UNLOGGED",
            "ALTER TABLE t SET (fillfactor = 70)",
            "ALTER TABLE t RESET (fillfactor)",
            "ALTER TABLE t CLUSTER ON t_pkey",
            "ALTER TABLE t SET WITHOUT CLUSTER",
            "ALTER TABLE t REPLICA IDENTITY FULL",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE t FORCE ROW LEVEL SECURITY",
            "ALTER TABLE t DISABLE TRIGGER does_nothing",
            "ALTER TABLE t ENABLE ALWAYS TRIGGER does_nothing",
            "ALTER TABLE t OWNER TO postgres",
            "CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s",
            "ALTER TABLE child ALTER CONSTRAINT to_parent DEFERRABLE",
            "ALTER TABLE parted ATTACH PARTITION loose FOR VALUES FROM (1000) TO (2000)",
            "ALTER TABLE parted DETACH PARTITION part1",
            "CREATE TABLE part2 PARTITION OF parted FOR VALUES FROM (1000) TO (2000)",
            "DROP TABLE part1",
            "CREATE TABLE other (id integer PRIMARY KEY, t_id integer REFERENCES t (id)); CREATE INDEX i ON other (t_id)",
            "CREATE TABLE other (id integer); ALTER TABLE other ADD x uuid DEFAULT gen_random_uuid(); UPDATE other SET id = 7",
            "CREATE INDEX i ON t (age)",
            "DROP INDEX t_name",
            "DROP TABLE child",
            "DROP TABLE parent CASCADE",
            "DROP TABLE IF EXISTS nowhere",
            "TRUNCATE t",
            "TRUNCATE parent CASCADE",
            "UPDATE t SET age = 7",
            "SET LOCAL enable_seqscan = off; UPDATE t SET age = 7 WHERE id = 7",
            "DELETE FROM child WHERE parent_id > 3",
            "INSERT INTO parent VALUES (2)",
            "CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION nothing()",
            "DROP TRIGGER does_nothing ON t",
            "CREATE POLICY p ON t USING (true)",
            "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
            "LOCK TABLE t IN SHARE MODE",
            "LOCK TABLE t",
            "REINDEX TABLE t",
            "REINDEX INDEX t_name",
            "REINDEX INDEX unique_code",
            "CLUSTER t USING t_pkey",
            "COMMENT ON COLUMN t.age IS 'in years'",
            "DO $$ BEGIN ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid(); END $$",
        ];

        var wrong = new List<string>();
        foreach (var up in cases)
        {
            var forecast = await ForecastAsync(up);
            var effects = Measure(up);
            if (forecast != effects)
                wrong.Add($"{up}\n  forecast  {forecast}\n  measured  {effects}");
        }

        Assert.AreEqual("", string.Join("\n", wrong));
    }

    /// <summary>The tables in alphabetical order, each with its lock and the heaviest work on it.</summary>
    private async Task<string> ForecastAsync(string up)
    {
        await using var database = new PostgreSqlDatabase(
            new HistoryTable(null, "__EFMigrationsHistory", "MigrationId", "ProductVersion", ""),
            new RunSettings(),
            _database.ConnectionString,
            new DatabaseCreation(),
            writes: false,
            new DatabaseEvents());
        Assert.IsTrue(await database.ConnectAsync(CancellationToken.None));
        var statements = SqlScript.Parse(up, SqlDialect.PostgreSql);
        var facts = await database.ReadTableFactsAsync(LockForecast.Relations(statements), CancellationToken.None);
        var locks = new LockForecast(facts!.Statements, isOneTransaction: false).Next(statements);
        Assert.IsEmpty(locks.Unknown);
        return string.Join(", ", locks.Tables
            .Where(table => facts.Sizes.ContainsKey(table.Table))
            .OrderBy(table => table.Table.Name, StringComparer.Ordinal)
            .Select(table => $"{table.Table}: {Locks.NameOf(table.Lock)}{WorkOf(table)}"));
    }

    private static string WorkOf(LockedTable table)
    {
        var work = table.Work.Where(work => work.On == table.Table).Select(work => work.Work).DefaultIfEmpty(TableWork.None).Max();
        return work switch
        {
            TableWork.Rewrites => " rewritten",
            TableWork.BuildsIndex => " index",
            TableWork.ReadsRows or TableWork.ChangesRows => " scanned",
            _ => "",
        };
    }

    /// <summary>Runs statements, looks at the tables that existed before, and rolls back. Weak locks without work are left out.</summary>
    private string Measure(string up)
    {
        const string scans = "pg_stat_get_xact_numscans(c.oid)";
        const string indexes = "ARRAY(SELECT y.relfilenode FROM pg_index x, pg_class y WHERE y.oid = x.indexrelid AND x.indrelid = c.oid)";
        Execute("BEGIN");
        try
        {
            Execute(
                $"""
                CREATE TEMP TABLE before ON COMMIT DROP AS
                SELECT c.oid AS id, c.relname AS name, c.relfilenode AS file, {scans} AS scans, {indexes} AS indexes
                FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                """);
            foreach (var statement in SqlScript.Parse(up, SqlDialect.PostgreSql))
                Execute(statement.Text);
            // TRUNCATE gives a table a new file as well, without writing the old rows.
            return Value(
                $"""
                SELECT string_agg(name || ': ' || mode || work, ', ' ORDER BY name COLLATE "C") FROM (
                    SELECT b.name,
                           (ARRAY['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE',
                                  'ACCESS EXCLUSIVE'])[k.level] AS mode,
                           CASE WHEN c.oid IS NULL OR {(up.StartsWith("TRUNCATE", StringComparison.Ordinal) ? "true" : "false")} THEN ''
                                WHEN c.relfilenode <> b.file THEN ' rewritten'
                                WHEN NOT {indexes} <@ b.indexes THEN ' index'
                                WHEN {scans} > b.scans THEN ' scanned'
                                ELSE '' END AS work
                    FROM before b
                    JOIN (SELECT relation, max(array_position(ARRAY['RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
                                     'ShareRowExclusiveLock', 'AccessExclusiveLock'], mode)) AS level
                          FROM pg_locks WHERE pid = pg_backend_pid() GROUP BY relation) AS k ON k.relation = b.id AND k.level IS NOT NULL
                    LEFT JOIN pg_class c ON c.oid = b.id) AS locked
                WHERE mode <> ALL (ARRAY['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE']) OR work <> ''
                """);
        }
        catch (PostgresException failure)
        {
            return failure.MessageText;
        }
        finally
        {
            Execute("ROLLBACK");
        }
    }

    private void Execute(string sql) => _database.Execute(sql);

    private string Value(string sql) => _database.Value(sql);
}
