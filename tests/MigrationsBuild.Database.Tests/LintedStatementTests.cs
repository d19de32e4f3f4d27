using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>What the lint says about a statement, compared with what PostgreSQL does on a table with 100,000 rows.</summary>
[TestClass]
public sealed partial class LintedStatementTests : IDisposable
{
    private const string Schema =
        """
        CREATE TYPE mood AS ENUM ('sad', 'glad');
        CREATE TABLE parent (id integer PRIMARY KEY);
        CREATE TABLE t (id integer PRIMARY KEY, name varchar(20), age integer, price numeric(10,4), state mood, parent_id integer);
        CREATE TABLE counted (id integer GENERATED ALWAYS AS IDENTITY);
        CREATE INDEX t_name ON t (name);
        """;

    private const string Rows =
        """
        INSERT INTO parent VALUES (1);
        INSERT INTO t SELECT i, 'name of ' || i % 100, CASE WHEN i % 2 = 0 THEN i END, i / 7.0, 'sad', 1
        FROM generate_series(1, 100000) AS i;
        """;

    private readonly MeasuredDatabase _database = new();
    private readonly string _table;

    public LintedStatementTests()
    {
        Execute(Schema);
        Execute(Rows);
        _table = Value("SELECT 't'::regclass::oid");
    }

    public void Dispose() => _database.Dispose();

    [TestMethod]
    public void Locks_rewrites_and_failures_are_the_ones_that_the_findings_name()
    {
        (string Codes, string Up)[] cases =
        [
            ("MIG2101", "DROP TABLE t"),
            ("MIG2102", "ALTER TABLE t DROP COLUMN age"),
            ("MIG2103", "ALTER TABLE t DROP COLUMN age; ALTER TABLE t ADD age text"),
            ("MIG2106", "ALTER TABLE t ALTER COLUMN price TYPE numeric(10,2)"),
            ("MIG2106", "ALTER TABLE t ALTER COLUMN name TYPE varchar(19)"),
            ("MIG2108", "TRUNCATE t"),
            ("MIG2201", "ALTER TABLE t ADD x integer NOT NULL"),
            ("", "ALTER TABLE t ADD x integer"),
            ("MIG2202", "ALTER TABLE t ADD x integer NOT NULL DEFAULT 0; CREATE UNIQUE INDEX i ON t (x)"),
            ("MIG2202", "ALTER TABLE t ADD p integer NOT NULL DEFAULT 0; ALTER TABLE t ADD FOREIGN KEY (p) REFERENCES parent (id)"),
            (
                "MIG2202",
                """
                ALTER TABLE t ADD p integer NOT NULL DEFAULT 0;
                ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES parent (id) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT f
                """),
            ("MIG2202", "ALTER TABLE t ADD x text; CREATE UNIQUE INDEX i ON t (x) NULLS NOT DISTINCT"),
            (
                "MIG2307 MIG2203 MIG2303",
                "ALTER TABLE t ADD x integer NOT NULL DEFAULT 0; UPDATE t SET x = id; CREATE UNIQUE INDEX i ON t (x)"),
            (
                "MIG2304",
                """
                INSERT INTO parent VALUES (2); ALTER TABLE t ADD p integer DEFAULT 2;
                ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES parent (id) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT f
                """),
            ("MIG2203 MIG2303", "CREATE UNIQUE INDEX i ON t (age) NULLS NOT DISTINCT"),
            ("MIG2203 MIG2303", "CREATE UNIQUE INDEX i ON t (name)"),
            ("MIG2204", "ALTER TABLE t ALTER COLUMN age SET NOT NULL"),
            ("", "ALTER TABLE t ALTER COLUMN id SET NOT NULL"),
            ("MIG2205", "ALTER TABLE t ALTER COLUMN name TYPE uuid"),
            ("MIG2205", "ALTER TABLE counted ALTER COLUMN id TYPE text"),
            ("MIG2302", "ALTER TABLE t ALTER COLUMN name TYPE integer USING length(name)"),
            ("MIG2207", "DROP TYPE mood"),
            ("MIG2207", "ALTER TYPE mood ADD VALUE 'mad'; UPDATE t SET state = 'mad' WHERE id = 7 AND age > 1"),
            ("", "ALTER TYPE mood ADD VALUE 'mad'; ALTER TABLE t ADD x text NOT NULL DEFAULT 'mad'"),
            ("MIG2207", "ALTER TYPE mood ADD VALUE 'mad'; ALTER TABLE t ADD x mood NOT NULL DEFAULT 'mad'"),
            ("MIG2301", "ALTER TABLE t ADD x uuid DEFAULT gen_random_uuid()"),
            ("MIG2301", "ALTER TABLE t ADD x integer GENERATED ALWAYS AS (id + 1) STORED"),
            ("MIG2301", "ALTER TABLE t ADD x bigserial"),
            ("", "ALTER TABLE t ADD x timestamptz NOT NULL DEFAULT now()"),
            ("", "ALTER TABLE t ADD x numeric(9,2) NOT NULL DEFAULT 1.5"),
            ("MIG2302", "ALTER TABLE t ALTER COLUMN age TYPE bigint"),
            ("", "ALTER TABLE t ALTER COLUMN name TYPE text"),
            ("", "ALTER TABLE t ALTER COLUMN name TYPE varchar(30)"),
            ("", "ALTER TABLE t ALTER COLUMN price TYPE numeric(12,4)"),
            ("MIG2302", "ALTER TABLE t ALTER COLUMN name TYPE varchar(20) COLLATE \"C\""),
            ("MIG2303", "CREATE INDEX i ON t (age)"),
            ("MIG2304", "ALTER TABLE t ADD CHECK (id > 0)"),
            ("", "ALTER TABLE t ADD CHECK (id > 0) NOT VALID"),
            ("MIG2304", "ALTER TABLE t ADD FOREIGN KEY (parent_id) REFERENCES parent (id)"),
            ("", "ALTER TABLE t ADD FOREIGN KEY (parent_id) REFERENCES parent (id) NOT VALID"),
            ("MIG2305", "ALTER TABLE t ADD UNIQUE (id, name)"),
            ("MIG2306", "ALTER TABLE t SET UNLOGGED"),
            ("MIG2306", "LOCK TABLE parent, t IN SHARE MODE"),
            ("MIG2307", "ALTER TABLE t ADD x integer; UPDATE t SET x = age"),
            ("MIG2401", "ALTER TABLE t RENAME COLUMN name TO full_name"),
            ("MIG2401", "ALTER TABLE t RENAME TO u"),
            ("MIG2501", "CREATE INDEX CONCURRENTLY i ON t (age)"),
            ("MIG2501", "VACUUM t"),
            ("", "COMMENT ON COLUMN t.age IS 'in years'"),
            ("", "CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES t (id)); CREATE INDEX i ON child (t_id)"),
        ];

        var wrong = cases.SelectMany(one => Differences(one.Codes, one.Up)).ToList();

        Assert.AreEqual("", string.Join("\n", wrong));
    }

    [TestMethod]
    public void Values_and_later_failures_are_those_that_the_findings_predict()
    {
        const string after = "CREATE TABLE t (id integer PRIMARY KEY, name varchar(20), age integer, note text NOT NULL);";
        (string Codes, LintInput Input, string Query, string Expected)[] cases =
        [
            ("MIG2104", Of("ALTER TABLE t DROP COLUMN name; ALTER TABLE t ADD full_name text"), "SELECT count(full_name) FROM t", "0"),
            ("MIG2105", Of("ALTER TABLE t RENAME COLUMN name TO street"), "SELECT street FROM t WHERE id = 7", "name of 7"),
            ("MIG2107", Of("DELETE FROM t WHERE id = 7"), "SELECT count(*) FROM t WHERE id = 7", "0"),
            (
                "MIG2206", Of("ALTER TABLE t ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY"),
                "INSERT INTO t (name) VALUES ('new')", "23505"),
            (
                "MIG2208", Of("ALTER TABLE t ADD note text NOT NULL DEFAULT ''") with { After = after },
                "SELECT count(*) FROM t WHERE note = ''", "100000"),
            (
                "MIG2209", Of("ALTER TABLE t ALTER COLUMN age TYPE text") with { EnumTexts = ["t.age"] },
                "SELECT age FROM t WHERE id = 8", "8"),
            ("", Of("ALTER TABLE t ADD note text"), "SELECT count(note) FROM t", "0"),
        ];

        foreach (var (codes, input, query, expected) in cases)
        {
            Assert.AreEqual(codes, string.Join(" ", Linter.Lint(input).Select(finding => finding.Code)), input.Up);
            Execute("BEGIN");
            foreach (var statement in SqlScript.Parse(input.Up, SqlDialect.PostgreSql))
                Execute(statement.Text);
            Assert.AreEqual(expected, ValueOrState(query), input.Up);
            Execute("ROLLBACK");
        }

        // Outside of a transaction, a failed index stays and is in the way.
        const string index = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (name)";
        var findings = Linter.Lint(Of($"ALTER TABLE t ADD n integer;\n-- outside a transaction\n{index}"));
        Assert.AreEqual("MIG2203 MIG2502", string.Join(" ", findings.Select(finding => finding.Code)));
        Assert.AreEqual(("23505", "42P07"), (ValueOrState(index), ValueOrState(index)));
    }

    private static LintInput Of(string up) => new(up, SqlDialect.PostgreSql) { Before = Schema };

    private string ValueOrState(string sql)
    {
        try
        {
            return Value(sql);
        }
        catch (PostgresException failure)
        {
            return failure.SqlState;
        }
    }

    private IEnumerable<string> Differences(string codes, string up)
    {
        var findings = Linter.Lint(new LintInput(up, SqlDialect.PostgreSql) { Before = Schema });
        var (effect, text) = (Measure(up), string.Join("\n", findings.Select(finding => finding.Message)));
        var found = string.Join(" ", findings.Select(finding => finding.Code));
        if (found != codes)
            yield return $"{up}: {found}, and not {codes}";
        var isRewrite = text.Contains("rewrites the table", StringComparison.Ordinal);
        if (isRewrite && !effect.Rewrites && effect.State.Length == 0)
            yield return $"{up}: no rewrite";
        if (effect.Rewrites && findings.All(finding => finding.Severity < Severity.Warning))
            yield return $"{up}: a rewrite that no finding names";
        if (effect.State.Length > 0 && !text.Contains($"SQLSTATE {effect.State}", StringComparison.Ordinal))
            yield return $"{up}: fails with {effect.State}";
        if (effect.State.Length == 0 && LockName().Match(text) is { Success: true } name && name.Value != effect.Lock)
            yield return $"{up}: {effect.Lock}, and not {name.Value}";
    }

    /// <summary>Runs a migration, and rolls it back.</summary>
    private (string Lock, bool Rewrites, string State) Measure(string up)
    {
        var node = Value($"SELECT relfilenode FROM pg_class WHERE oid = {_table}");
        Execute("BEGIN");
        try
        {
            foreach (var statement in SqlScript.Parse(up, SqlDialect.PostgreSql))
                Execute(statement.Text);
            var strongest = Value(
                $"""
                SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = {_table}
                ORDER BY array_position(
                    ARRAY['AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock', 'ShareUpdateExclusiveLock'], mode)
                LIMIT 1
                """);
            var after = Value($"SELECT relfilenode FROM pg_class WHERE oid = {_table}");
            return (Name(strongest), after.Length > 0 && after != node, "");
        }
        catch (PostgresException failure)
        {
            return ("", false, failure.SqlState);
        }
        finally
        {
            Execute("ROLLBACK");
        }
    }

    private static string Name(string mode) =>
        Regex.Replace(mode.Replace("Lock", "", StringComparison.Ordinal), "(?<=[a-z])(?=[A-Z])", " ").ToUpperInvariant();

    private void Execute(string sql) => _database.Execute(sql);

    private string Value(string sql) => _database.Value(sql);

    [GeneratedRegex("ACCESS EXCLUSIVE|SHARE ROW EXCLUSIVE|SHARE(?= lock)")]
    private static partial Regex LockName();
}
