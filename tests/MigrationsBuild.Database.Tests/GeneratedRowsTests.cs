using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Migrations that are verified on tables with generated rows.</summary>
[TestClass]
public class GeneratedRowsTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    /// <summary>Fails, and so shows the numbers of rows that the tables have.</summary>
    private const string ShowRows =
        """
        DO $$ DECLARE t regclass; n bigint; shown text := ''; BEGIN
            FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\_\_%'
                     ORDER BY relname LOOP
                EXECUTE 'SELECT count(*) FROM ' || t INTO n; shown := shown || t || ' ' || n || '; ';
            END LOOP;
            RAISE EXCEPTION '%', shown; END $$;

        """;

    [TestMethod]
    public void Every_type_gets_values()
    {
        var types = new[]
        {
            "smallint", "integer", "bigint", "numeric", "numeric(5,2)", "numeric(3,3)", "real", "double precision", "money", "boolean",
            "uuid", "text", "varchar(3)", "varchar(200)", "char(5)", "name", "date", "timestamp", "timestamptz", "time", "timetz",
            "interval", "bytea", "json", "jsonb", "xml", "inet", "cidr", "bit(3)", "varbit(8)", "tsvector", "point", "int4range",
            "int8range", "numrange", "daterange", "tsrange", "tstzrange", "mood", "\"Positive\"", "integer[]", "text[]", "uuid[]", "mood[]",
        };
        var tables = types.Select(type =>
            $"CREATE TABLE \"of {type.Trim('"')}\" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value {type} NOT NULL, "
            + "sum integer GENERATED ALWAYS AS (id + 1) STORED);\n");

        var filled = Rows(
            2500,
            $"""
            CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
            CREATE DOMAIN "Positive" AS integer CHECK (VALUE > 0);
            {string.Concat(tables)}
            """).Split("; ", StringSplitOptions.RemoveEmptyEntries);

        Assert.AreEqual("", string.Join("; ", filled.Where(table => !table.EndsWith(" 2500", StringComparison.Ordinal))));
        Assert.HasCount(types.Length, filled);
    }

    [TestMethod]
    [DataRow("CREATE TABLE t (id integer PRIMARY KEY, code varchar(9) UNIQUE, a smallint UNIQUE);", "t 2500; ")]
    [DataRow("CREATE TABLE t (a uuid PRIMARY KEY, b date UNIQUE, c jsonb UNIQUE, d inet UNIQUE);", "t 2500; ")]
    [DataRow("CREATE TABLE t (mail text NOT NULL); CREATE UNIQUE INDEX ON t (lower(mail));", "t 2500; ")]
    [DataRow("CREATE TABLE t (flag boolean NOT NULL UNIQUE);", "t 2; ", DisplayName = "as many as there can be")]
    [DataRow("CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY);", "t 2500; ", DisplayName = "no column to write to")]
    [DataRow("CREATE TABLE b (id serial PRIMARY KEY, a integer NOT NULL); CREATE TABLE a (id serial PRIMARY KEY);"
        + "ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a;", "a 2500; b 2500; ")]
    [DataRow("CREATE TABLE a (x int, y int, PRIMARY KEY (x, y)); CREATE TABLE b (x int NOT NULL, y int NOT NULL, "
        + "FOREIGN KEY (x, y) REFERENCES a);", "a 2500; b 2500; ", DisplayName = "composite")]
    [DataRow("CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY); CREATE TABLE c ("
        + "a int REFERENCES a, b int REFERENCES b, PRIMARY KEY (a, b));", "a 2500; b 2500; c 2500; ", DisplayName = "between two tables")]
    [DataRow("CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY REFERENCES a);", "a 2500; b 2500; ")]
    [DataRow("CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t);", "t 2500; ", DisplayName = "itself")]
    [DataRow("CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a); "
        + "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;", "a 2500; b 2500; ", DisplayName = "each other")]
    [DataRow("CREATE TABLE t (s text NOT NULL CHECK (s IN ('new', 'sold')), n int CHECK (n > 0));", "t 2500; ")]
    [DataRow("CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t DEFAULT;", "t1 2500; ")]
    [DataRow("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3000);", "t 2501; ", DisplayName = "beside others")]
    [DataRow("CREATE TABLE \"A \"\"b\" (\"C d\" text UNIQUE);", "\"A \"\"b\" 2500; ")]
    public void Keys_and_constraints_are_respected(string schema, string rows) => Assert.AreEqual(rows, Rows(2500, schema));

    [TestMethod]
    public void A_table_that_cant_be_filled_is_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE t (a int NOT NULL, CONSTRAINT never CHECK (a < 0));\nCREATE TABLE u (r macaddr NOT NULL);\n", null)
            .AddTable(B);

        var lines = set.Run("verify", request => request with { Rows = "10" }).Succeeds().Lines;

        Assert.HasCount(1, lines.Where(line => line.StartsWith("  Not filled: public.t: ", StringComparison.Ordinal)
            && line.Contains("\"never\"", StringComparison.Ordinal)));
        Assert.HasCount(1, lines.Where(line => line.StartsWith("  Not filled: public.u: ", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("ALTER TABLE t ADD m integer NOT NULL;", "MIG2201")]
    [DataRow("ALTER TABLE t ALTER COLUMN mail SET NOT NULL;", "MIG2204")]
    [DataRow("CREATE UNIQUE INDEX ON t (mail);", "MIG2203")]
    [DataRow("CREATE UNIQUE INDEX CONCURRENTLY i ON t (mail);", "MIG2203")]
    [DataRow("ALTER TABLE t ALTER COLUMN mail TYPE varchar(20);", "MIG2106")]
    [DataRow("ALTER TABLE t ALTER COLUMN n TYPE smallint;", "MIG2106", DisplayName = "No duplicates of large numbers")]
    [DataRow("ALTER TABLE t ADD parent integer NOT NULL DEFAULT 0 REFERENCES p;", "MIG2202")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT positive CHECK (n < 0);", "MIG2202")]
    [DataRow("UPDATE t SET mail = coalesce(mail, ''); ALTER TABLE t ALTER COLUMN mail SET NOT NULL;", "")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT positive CHECK (n < 0) NOT VALID;", "")]
    public void A_statement_that_fails_on_rows_is_a_warning_with_the_code_of_the_lint(string statement, string code)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE t (id bigint PRIMARY KEY, mail text, n integer UNIQUE);\nCREATE TABLE p (id serial PRIMARY KEY);\n", null)
            .Add(B, statement.Contains(" CONCURRENTLY ") ? $"{SqlScript.OutsideTransactionMark}\n{statement}\n" : statement + "\n", null);

        var result = set.Run("verify", request => request with { Rows = "40000", To = B }).Succeeds();

        Assert.AreEqual(B, result.Verified);
        Assert.AreEqual(code, string.Join(" ", result.Diagnostics.Select(one => one.Code.Id)));
        if (code.Length == 0)
            return;
        var warning = result.Diagnostics.Single();
        Assert.StartsWith("Measured: with 40000 generated rows in each table, the statement fails: ", warning.Message);
        Assert.EndsWith($"{B}.sql", warning.Location!.File);
        Assert.AreEqual(statement, set.Folder.Read($"{B}.sql").Split('\n')[warning.Location.Line - 1]);
    }

    [TestMethod]
    public void SQLite_gets_rows_too()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(
                A,
                """
                CREATE TABLE "Blogs" ("Id" INTEGER PRIMARY KEY AUTOINCREMENT, "Url" TEXT NULL, "Rate" REAL NOT NULL, "Big" BLOB);
                CREATE TABLE "Posts" (
                    "BlogId" INTEGER NOT NULL REFERENCES "Blogs" ("Id"), "Tag" TEXT NOT NULL, PRIMARY KEY ("BlogId", "Tag"));

                """,
                null)
            .Add(
                B,
                """
                CREATE TABLE "Seen" ("Blogs" INTEGER CHECK ("Blogs" = 500), "Posts" INTEGER CHECK ("Posts" = 500));
                INSERT INTO "Seen" SELECT (SELECT count(*) FROM "Blogs"), (SELECT count(*) FROM "Posts");
                CREATE UNIQUE INDEX "Urls" ON "Blogs" ("Url");

                """,
                "DROP TABLE \"Seen\";\nDROP INDEX \"Urls\";\n");

        var warning = set.Run("verify", request => request with { Rows = "500", To = B }).Diagnostics[0];

        Assert.AreEqual(DiagnosticCodes.UniqueOnRows, warning.Code);
        StringAssert.Contains(warning.Message, "UNIQUE constraint failed: Blogs.Url");
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("many")]
    [DataRow("100000000")]
    public void A_number_that_isnt_one_is_refused(string rows)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A);

        set.Run("verify", request => request with { Rows = rows }).FailsWith(DiagnosticCodes.InvalidSetting);
    }

    /// <summary>The numbers of rows of the tables of a schema.</summary>
    private static string Rows(int count, string schema)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, schema + "\n", null).Add(B, ShowRows, null);

        var error = set.Run("verify", request => request with { Rows = $"{count}" }).FailsWith(DiagnosticCodes.SqlFailed);

        return error.Message[..error.Message.IndexOf(" [P0001]", StringComparison.Ordinal)];
    }
}
