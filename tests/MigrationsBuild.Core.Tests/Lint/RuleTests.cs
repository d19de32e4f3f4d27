using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;

namespace MigrationsBuild.Core.Tests.Lint;

/// <summary>For each rule, migrations that it reports, and similar ones that it doesn't.</summary>
[TestClass]
public class RuleTests
{
    private const string Users = """CREATE TABLE "Users" ("Id" integer PRIMARY KEY, "Name" text, "Age" integer, "Code" varchar(50));""";

    public static IEnumerable<LintCase> Cases { get; } =
    [
        // Data
        Bad("MIG2101", """DROP TABLE "Users";"""),
        Bad("MIG2101", """DROP TABLE "Users"; CREATE TABLE o ("Id" integer, a int, b int, c int);""", "a new table with one such column"),
        Good("a table of the same migration", """CREATE TABLE t (a int); DROP TABLE t;"""),
        Bad("MIG2102", """ALTER TABLE "Users" DROP COLUMN "Age";"""),
        Good("a column of the same migration", """ALTER TABLE "Users" ADD x int; ALTER TABLE "Users" DROP COLUMN x;"""),
        Bad("MIG2103", """ALTER TABLE "Users" DROP COLUMN "Age"; ALTER TABLE "Users" ADD "Age" bigint;"""),
        Bad("MIG2103", "ALTER TABLE t DROP COLUMN c; ALTER TABLE t ADD c int GENERATED ALWAYS AS (b) STORED;", "a computed column") with
        {
            Before = "CREATE TABLE t (b int, c int GENERATED ALWAYS AS (b + 1) STORED);",
        },
        Good("a computed column that keeps its values", """ALTER TABLE "Users" ALTER "Age" DROP EXPRESSION;"""),
        Bad("MIG2104", """ALTER TABLE "Users" DROP COLUMN "Name"; ALTER TABLE "Users" ADD "LastName" varchar(9);"""),
        Bad("MIG2104", """CREATE TABLE "Ages" ("Id" int, "Age" int); ALTER TABLE "Users" DROP COLUMN "Age";""", "a column that moves"),
        Bad("MIG2102", """ALTER TABLE "Users" DROP COLUMN "Name"; ALTER TABLE "Users" ADD "Total" numeric(9,2);""", "unlike columns"),
        Bad(
            "MIG2105 MIG2105",
            """ALTER TABLE "Users" RENAME COLUMN "Name" TO "FullName"; ALTER TABLE "Users" RENAME COLUMN "Code" TO "CodeName";""",
            "columns of one type") with
        {
            Before = """CREATE TABLE "Users" ("Name" text, "Code" text);""",
        },
        Bad(
            "MIG2105 MIG2304",
            """
            ALTER TABLE o DROP CONSTRAINT fk; ALTER TABLE o RENAME COLUMN a_id TO b_id;
            ALTER TABLE o ADD CONSTRAINT fk2 FOREIGN KEY (b_id) REFERENCES b (id);
            """,
            "another principal") with
        {
            Before = "CREATE TABLE o (a_id int, CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id));",
        },
        Bad(
            "MIG2401 MIG2401",
            """ALTER TABLE "Users" RENAME COLUMN "Name" TO "FullName"; ALTER TABLE "Users" RENAME "Age" TO "AgeInYears";"""),
        Bad(
            "MIG2401 MIG2304",
            """
            ALTER TABLE o DROP CONSTRAINT fk; ALTER TABLE o RENAME COLUMN a_id TO the_a_id;
            ALTER TABLE o ADD CONSTRAINT fk2 FOREIGN KEY (the_a_id) REFERENCES a (id);
            """,
            "the same principal") with
        {
            Before = "CREATE TABLE o (a_id int, CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id));",
        },
        Bad("MIG2106", """ALTER TABLE "Users" ALTER COLUMN "Code" TYPE varchar(20);"""),
        Bad("MIG2302", """ALTER TABLE "Users" ALTER COLUMN "Age" TYPE smallint USING least("Age", 100);""", "values that are converted"),
        Bad("MIG2107", """DELETE FROM "Users" WHERE "Id" = 1;"""),
        Good("an update with a condition", """UPDATE "Users" SET "Name" = 'x' WHERE "Age" > 3;"""),
        Bad("MIG2108", """UPDATE "Users" SET "Name" = 'x';"""),
        Bad("MIG2108", """DELETE FROM "Users" WHERE true;""", "a condition that is always true"),
        Bad("MIG2108", """TRUNCATE "Users" CASCADE;"""),
        Bad("MIG2108", """DROP SCHEMA app CASCADE;"""),
        Bad("MIG2108", """DO $$ BEGIN IF true THEN DELETE FROM "Users"; END IF; END $$;""", "a block"),
        Bad("MIG2108", """DO $$ BEGIN EXECUTE 'DELETE FROM "Users"'; END $$;""", "a literal that is executed"),
        Bad("MIG2108", """WITH gone AS (DELETE FROM "Users" RETURNING 1) SELECT count(*) FROM gone;""", "a common table expression"),

        Bad("MIG2108", """DO $$ BEGIN UPDATE "Users" SET "Age" = CASE WHEN true THEN 1 ELSE 2 END; END $$;""", "an expression in a block"),
        Bad(
            "MIG2108 MIG2108",
            """WITH a AS (DELETE FROM "Users" RETURNING 1), b AS (DELETE FROM t RETURNING 1) SELECT 1;""",
            "two common table expressions"),
        Bad(
            "MIG2108 MIG2108",
            """
            DO $$ BEGIN
              WITH a AS (DELETE FROM "Users" RETURNING 1), b AS (DELETE FROM t RETURNING 1) INSERT INTO log SELECT 1;
            END $$;
            """,
            "common table expressions in a block"),
        Bad("MIG2502", "-- outside a transaction\nDO $$ BEGIN PERFORM 1; PERFORM 2; END $$;\nSELECT 1;", "a block, once"),
        Bad("MIG2502", "-- outside a transaction\nDO $$ BEGIN RAISE NOTICE 'x'; END $$;\nSELECT 1;", "a block without statements"),

        // Existing rows
        Bad("MIG2201", """ALTER TABLE "Users" ADD x int NOT NULL;"""),
        Good("an identity of a new table", "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, x int NOT NULL);"),
        Bad(
            "MIG2202",
            """ALTER TABLE "Users" ADD r int NOT NULL DEFAULT 0; ALTER TABLE "Users" ADD FOREIGN KEY (r) REFERENCES roles (id);"""),
        Bad(
            "MIG2307 MIG2203 MIG2303",
            """
            ALTER TABLE "Users" ADD s text NOT NULL DEFAULT ''; UPDATE "Users" SET s = 'p-' || "Id"; CREATE UNIQUE INDEX i ON "Users" (s);
            """,
            "a default that an update replaces"),
        Bad(
            "MIG2307 MIG2304",
            """
            ALTER TABLE "Users" ADD r int NOT NULL DEFAULT 0; UPDATE "Users" SET r = o.id FROM roles o WHERE o.name = "Name";
            ALTER TABLE "Users" ADD FOREIGN KEY (r) REFERENCES roles (id);
            """,
            "a foreign key of a default that an update replaces"),
        Bad(
            "MIG2603 MIG2203 MIG2303",
            """
            ALTER TABLE "Users" ADD s text NOT NULL DEFAULT ''; DO $$ BEGIN EXECUTE format('UPDATE %I SET s = id', 'Users'); END $$;
            CREATE UNIQUE INDEX i ON "Users" (s);
            """,
            "a default that an unknown statement may replace"),
        Bad(
            "MIG2307 MIG2202 MIG2307",
            """
            ALTER TABLE "Users" ADD s text NOT NULL DEFAULT ''; UPDATE "Users" SET "Age" = 1 WHERE "Age" > 3;
            CREATE UNIQUE INDEX i ON "Users" (s); UPDATE "Users" SET s = "Name";
            """,
            "updates of another column, and after the index"),
        Bad(
            "MIG2203 MIG2303",
            """ALTER TABLE "Users" ADD s text NOT NULL DEFAULT ''; CREATE UNIQUE INDEX i ON "Users" (s) WHERE s <> '';""",
            "an index without the rows of the default"),
        Bad(
            "MIG2304",
            """
            INSERT INTO roles (id) VALUES (1); ALTER TABLE "Users" ADD r int NOT NULL DEFAULT 1;
            ALTER TABLE "Users" ADD FOREIGN KEY (r) REFERENCES roles (id);
            """,
            "a foreign key to a row that the migration inserts"),
        Good(
            "a foreign key that isn't validated",
            """
            ALTER TABLE "Users" ADD r int NOT NULL DEFAULT 0;
            ALTER TABLE "Users" ADD CONSTRAINT f FOREIGN KEY (r) REFERENCES roles (id) NOT VALID;
            """),
        Bad(
            "MIG2202",
            """
            ALTER TABLE "Users" ADD r int NOT NULL DEFAULT 0;
            ALTER TABLE "Users" ADD CONSTRAINT f FOREIGN KEY (r) REFERENCES roles (id) NOT VALID;
            ALTER TABLE "Users" VALIDATE CONSTRAINT f;
            """,
            "a default that the validation refuses"),
        Bad("MIG2203", """CREATE UNIQUE INDEX CONCURRENTLY i ON "Users" ("Name");""") with
        {
            Up = "-- outside a transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON \"Users\" (\"Name\");",
        },
        Bad("MIG2203 MIG2303", """ALTER TABLE "Users" ADD b boolean DEFAULT false; CREATE UNIQUE INDEX i ON "Users" (b, "Name");"""),
        Bad("MIG2301 MIG2203 MIG2303", """ALTER TABLE "Users" ADD n float DEFAULT random(); CREATE UNIQUE INDEX i ON "Users" (n);"""),
        Bad("MIG2303", """ALTER TABLE "Users" ADD e text; CREATE UNIQUE INDEX i ON "Users" (e);""", "a unique column without values"),
        Bad(
            "MIG2307 MIG2203 MIG2303",
            """ALTER TABLE "Users" ADD e text; UPDATE "Users" SET e = 'x'; CREATE UNIQUE INDEX i ON "Users" (e);""",
            "a new column that an update fills"),
        Bad(
            "MIG2301 MIG2203 MIG2303",
            """
            ALTER TABLE "Users" ADD e text GENERATED ALWAYS AS (lower("Name")) STORED; CREATE UNIQUE INDEX i ON "Users" (e);
            """,
            "a new column that is computed"),
        Bad("MIG2203 MIG2303", """CREATE UNIQUE INDEX i ON "Users" ("Name");""", "a key of some rows") with
        {
            Before = Users + """CREATE UNIQUE INDEX u ON "Users" ("Name") WHERE "Age" > 3;""",
        },
        Bad(
            "MIG2303 MIG2303",
            """DROP INDEX u; CREATE UNIQUE INDEX i ON "Users" ("Name") WHERE "Age" > 3;""",
            "a key of the same rows") with
        {
            Before = Users + """CREATE UNIQUE INDEX u ON "Users" ("Name") WHERE "Age" > 3;""",
        },
        Bad(
            "MIG2202",
            """ALTER TABLE "Users" ADD e text; CREATE UNIQUE INDEX i ON "Users" (e) NULLS NOT DISTINCT;""",
            "nulls that are duplicates in an index"),
        Bad(
            "MIG2202",
            """ALTER TABLE "Users" ADD e text; ALTER TABLE "Users" ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (e);""",
            "nulls that are duplicates in a constraint"),
        Bad("MIG2202", """ALTER TABLE "Users" ADD e text UNIQUE NULLS NOT DISTINCT;""", "nulls that are duplicates in their column"),
        Bad("MIG2203 MIG2303", """CREATE UNIQUE INDEX i ON "Users" ("Name") NULLS NOT DISTINCT;""", "a key that had nulls") with
        {
            Before = Users + """CREATE UNIQUE INDEX u ON "Users" ("Name");""",
        },
        Bad("MIG2303", """CREATE UNIQUE INDEX i ON "Users" ("Id", "Name") NULLS NOT DISTINCT;""", "a key without nulls"),
        Bad("MIG2204", """ALTER TABLE "Users" ALTER "Name" SET NOT NULL;"""),
        Good("a column that is required already", """ALTER TABLE "Users" ALTER "Id" SET NOT NULL;""") with
        {
            Before = """CREATE TABLE "Users" ("Id" int NOT NULL);""",
        },
        Good("a column of the primary key", """ALTER TABLE "Users" ALTER "Id" SET NOT NULL;"""),
        Bad("MIG2204", """ALTER TABLE "Users" ADD CONSTRAINT n NOT NULL "Name";"""),
        Bad("MIG2204", """ALTER TABLE "Users" ADD NOT NULL "Name";"""),
        Good("a required column that isn't validated", """ALTER TABLE "Users" ADD CONSTRAINT n NOT NULL "Name" NOT VALID;"""),
        Good("a constraint of a column that is required already", """ALTER TABLE "Users" ADD NOT NULL "Id";"""),
        Bad("MIG2205", """ALTER TABLE "Users" ALTER COLUMN "Name" TYPE integer;"""),
        Bad("MIG2302", """ALTER TABLE "Users" ALTER COLUMN "Name" TYPE integer USING "Name"::integer;""", "a cast by hand"),
        Bad("MIG2204", "ALTER TABLE t ALTER x SET NOT NULL;", "a check with an alternative") with
        {
            Before = "CREATE TABLE t (id int, x int, CONSTRAINT c CHECK ((id = 1) OR (x IS NOT NULL)));",
        },
        Bad("MIG2302", """ALTER TABLE "Users" ALTER COLUMN "Name" TYPE text USING upper("Name");""", "an expression without a cast"),
        Good("a cast that changes nothing", """ALTER TABLE "Users" ALTER COLUMN "Name" TYPE text USING ("Name"::text);"""),
        Bad("MIG2302", "ALTER TABLE t ALTER COLUMN a TYPE text;", "an index with an expression") with
        {
            Before = "CREATE TABLE t (a varchar(9)); CREATE INDEX i ON t (lower(a));",
        },
        Bad("MIG2302", "ALTER TABLE t ALTER COLUMN a TYPE text;", "an index with a condition") with
        {
            Before = "CREATE TABLE t (id int, a varchar(9)); CREATE INDEX i ON t (id) WHERE a IS NOT NULL;",
        },
        Bad("MIG2205", "ALTER TABLE t ALTER COLUMN id TYPE text;", "an identity") with
        {
            Before = "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);",
        },
        Bad("MIG2206", """ALTER TABLE "Users" ALTER "Id" ADD GENERATED ALWAYS AS IDENTITY;"""),
        Good(
            "a sequence that is set",
            """
            ALTER TABLE "Users" ALTER "Id" ADD GENERATED ALWAYS AS IDENTITY;
            SELECT setval(pg_get_serial_sequence('"Users"', 'Id'), (SELECT max("Id") FROM "Users"));
            """),
        Bad("MIG2207", "DROP TYPE mood;") with { Before = "CREATE TABLE t (m mood);" },
        Good("a label without a use", "ALTER TYPE mood ADD VALUE 'glad';"),
        Bad("MIG2207", "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'sad'; SELECT 'it''s'::mood;", "a new label in a cast"),
        Bad("MIG2502", "-- outside a transaction\nALTER TYPE mood ADD VALUE 'glad';\nSELECT 'glad'::mood;", "a label that is committed"),
        Bad("MIG2208", """ALTER TABLE "Users" ADD b boolean NOT NULL DEFAULT FALSE;""") with
        {
            After = """CREATE TABLE "Users" (b boolean NOT NULL);""",
        },
        Good("a default of the model", """ALTER TABLE "Users" ADD b boolean NOT NULL DEFAULT FALSE;""") with
        {
            After = """CREATE TABLE "Users" (b boolean NOT NULL DEFAULT FALSE);""",
        },
        Bad("MIG2209", """ALTER TABLE "Users" ALTER COLUMN "Age" TYPE text;""") with { EnumText = "\"Users\".\"Age\"" },

        // Locks
        Bad("MIG2301", """ALTER TABLE "Users" ADD u uuid NOT NULL DEFAULT gen_random_uuid();"""),
        Bad("MIG2301", """ALTER TABLE "Users" ADD m email;""", "a domain") with
        {
            Before = "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');" + Users,
        },
        Good("an array as a default", "ALTER TABLE t ADD c text[] NOT NULL DEFAULT array['a', 'b']::text[], ADD d int;"),
        Good("a constant default", """ALTER TABLE "Users" ADD u numeric(9,2) NOT NULL DEFAULT 1.5;"""),
        Bad("MIG2302", """ALTER TABLE "Users" ALTER COLUMN "Age" TYPE bigint;"""),
        Bad("MIG2302", """ALTER TABLE "Users" ALTER COLUMN "Name" TYPE citext;""", "indexes") with
        {
            Before = Users + """CREATE INDEX i ON "Users" ("Name");""",
        },
        Good("a longer text", """ALTER TABLE "Users" ALTER COLUMN "Code" TYPE text;"""),
        Bad("MIG2302", "ALTER TABLE other ALTER COLUMN a TYPE text;", "a type that isn't known"),
        Bad("MIG2303", """CREATE INDEX i ON "Users" ("Name");"""),
        Good("a concurrent index", "-- outside a transaction\nCREATE INDEX CONCURRENTLY i ON \"Users\" (\"Name\");"),
        Bad("MIG2304", """ALTER TABLE "Users" ADD CONSTRAINT c CHECK ("Age" > 0);"""),
        Bad(
            "MIG2304",
            """ALTER TABLE "Users" ADD CONSTRAINT c CHECK ("Age" > 0) NOT VALID; ALTER TABLE "Users" VALIDATE CONSTRAINT c;""",
            "a validation in the same transaction"),
        Good("a constraint that isn't validated", """ALTER TABLE "Users" ADD CONSTRAINT c CHECK ("Age" > 0) NOT VALID;"""),
        Good("a check that isn't enforced", """ALTER TABLE "Users" ADD CONSTRAINT c CHECK ("Age" > 0) NOT ENFORCED;"""),
        Good("a foreign key that isn't enforced", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o (id) NOT ENFORCED;"),
        Good("constraints of a column that aren't enforced", """
            ALTER TABLE "Users" ADD x int CHECK (x > 0) NO INHERIT NOT ENFORCED,
                ADD y int DEFAULT 0 REFERENCES o (id) ON DELETE CASCADE NOT DEFERRABLE NOT ENFORCED;
            """),
        Bad("MIG2304", "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE <> '');"),
        Bad("MIG2305 MIG2203", """ALTER TABLE "Users" ADD UNIQUE ("Name");"""),
        Bad("MIG2305", """ALTER TABLE "Users" ADD EXCLUDE USING gist ("Age" WITH =);"""),
        Good("a foreign key in another order", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES o (id) NOT VALID NOT DEFERRABLE;"),
        Good("a key with an index", """ALTER TABLE "Users" ADD CONSTRAINT u UNIQUE USING INDEX i;"""),
        Bad("MIG2306", """ALTER TABLE "Users" SET UNLOGGED;"""),
        Bad("MIG2306", """LOCK TABLE "Users";"""),
        Bad("MIG2306", "REINDEX TABLE t;"),
        Bad("MIG2306", "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"),
        Bad("MIG2306", "ALTER TABLE t DETACH PARTITION p;"),
        Good("the end of a concurrent detachment", "ALTER TABLE t DETACH PARTITION p FINALIZE;"),
        Good("a weak lock", """LOCK TABLE "Users" IN ROW SHARE MODE;"""),
        Bad("MIG2307", """ALTER TABLE "Users" ADD x int; UPDATE "Users" SET x = "Age";"""),
        Bad("MIG2108 MIG2307", """ALTER TABLE "Users" ADD x int; UPDATE "Users" SET x = 1, "Age" = 2;""", "a new column and an old one"),
        Good("a change before the lock", """UPDATE "Users" SET "Name" = '' WHERE "Name" IS NULL; ALTER TABLE "Users" ADD x int;"""),
        Bad("MIG2401", """ALTER TABLE "Users" RENAME TO "Persons";"""),
        Good("a view with the old name", """ALTER TABLE "Users" RENAME TO "Persons"; CREATE VIEW "Users" AS SELECT * FROM "Persons";"""),
        Bad("MIG2401", """ALTER TABLE "Users" ALTER "Name" DROP NOT NULL;""", "a column that becomes optional"),

        // Transactions
        Bad("MIG2501", "VACUUM t;"),
        Bad("MIG2501", "VACUUM (FULL FALSE) t;"),
        Bad("MIG2306 MIG2501", "VACUUM (FULL) t;"),
        Bad("MIG2306", "REINDEX (CONCURRENTLY FALSE) TABLE t;"),
        Bad("MIG2306 MIG2501", "REINDEX DATABASE app;"),
        Bad("MIG2501", """DROP INDEX CONCURRENTLY i;"""),
        Bad("MIG2502", "-- outside a transaction\nDROP INDEX CONCURRENTLY i;\nSELECT 1;"),
        Bad("MIG2502", "-- outside a transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);"),

        // Other statements
        Bad("MIG2603", "SELECT create_hypertable('t', 'at');"),
        Bad("MIG2603", "CALL refresh();"),
        Bad("MIG2603", "FROBNICATE t;"),
        Bad("MIG2603", "DO LANGUAGE plpython3u $$ plpy.execute('DELETE FROM t') $$;"),
        Bad("MIG2603", """WITH s AS (SELECT 1 AS id) MERGE INTO "Users" USING s ON true WHEN MATCHED THEN DELETE;""", "a merge"),
        Bad(
            "MIG2603 MIG2101",
            """
            WITH s AS (SELECT 1 AS id) MERGE INTO "Users" USING s ON true WHEN NOT MATCHED THEN INSERT ("Id") VALUES (2);
            DROP TABLE "Users";
            """,
            "a merge that inserts"),
        Bad(
            "MIG2108 MIG2603",
            """
            WITH s AS (DELETE FROM "Users" RETURNING "Id"), i AS (INSERT INTO log SELECT 1)
            MERGE INTO t USING s ON true WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN UPDATE SET a = 2;
            """,
            "a merge of deleted rows"),
        Bad("MIG2603", "EXPLAIN ANALYZE DELETE FROM t;"),
        Bad("MIG2603", "DO $$ DECLARE n int; m text := 'x'; BEGIN n := 1; MERGE INTO t USING s ON a = b; END $$;"),
        Bad("MIG2603", "DO $$ DECLARE r record; BEGIN FOR r IN DELETE FROM t RETURNING a LOOP RAISE NOTICE '%', r; END LOOP; END $$;"),
        Bad("MIG2603", "ALTER TABLE t FROBNICATE;"),
        Bad("MIG2603", "DO $$ BEGIN EXECUTE format('DROP TABLE %I', x); END $$;"),
        Good("statements that change nothing", "COMMENT ON TABLE t IS 'x'; GRANT SELECT ON t TO r; SET search_path = app; ANALYZE t;"),
        Good("a schema of EF Core", "DO $EF$ BEGIN IF NOT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = 'a') THEN "
            + "CREATE SCHEMA a; END IF; END $EF$;"),
        Good("a function", "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; RETURN NULL; END $$;"),
        Good("an extension", "CREATE EXTENSION IF NOT EXISTS citext;"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Reports_what_is_dangerous_and_nothing_else(LintCase lint) =>
        Assert.AreEqual(lint.Codes, string.Join(" ", Linter.Lint(lint.Input).Select(finding => finding.Code.Id)));

    [TestMethod]
    public void Every_rule_has_a_migration_that_it_reports()
    {
        string[] down = ["MIG2602"];
        var rules = DiagnosticCodes.All.Values.Where(code => code.SeverityRule == SeverityRule.Lint).Select(code => code.Id);

        CollectionAssert.IsSubsetOf(rules.Except(down).ToArray(), Cases.SelectMany(lint => lint.Codes.Split(' ')).ToArray());
    }

    [TestMethod]
    public void A_discriminator_without_a_value_is_an_error()
    {
        var lint = new LintCase("", """ALTER TABLE "Users" ADD "Discriminator" text NOT NULL DEFAULT '';""", "")
        {
            After = """CREATE TABLE "Users" ("Discriminator" text NOT NULL);""",
            Discriminator = "\"Users\".\"Discriminator\"",
        };

        var finding = Linter.Lint(lint.Input).Single();

        Assert.AreEqual((DiagnosticCodes.InventedDefault, Severity.Error), (finding.Code, finding.Severity));
    }

    [TestMethod]
    public void A_finding_has_the_offset_of_its_statement_and_the_names_in_it()
    {
        var lint = new LintCase("", "-- first\nSELECT 1;\n\nALTER TABLE app.\"Users\" DROP COLUMN \"Age\";\n", "");

        var finding = Linter.Lint(lint.Input).Single();

        Assert.AreEqual(lint.Up.IndexOf("ALTER", StringComparison.Ordinal), finding.Offset);
        Assert.StartsWith("Column app.\"Users\".\"Age\" is dropped with all its values.", finding.Message);
    }

    [TestMethod]
    [DataRow("\"Users\"", "\"Members\"", "Users:Members")]
    [DataRow("users", "crm.members", "users:crm.members")]
    [DataRow("crm.users", "crm.members", "crm.users:crm.members")]
    [DataRow("crm.users", "members", "crm.users:public.members")]
    public void A_table_that_may_be_renamed_has_the_answer(string table, string newTable, string answer)
    {
        var lint = new LintCase("", $"DROP TABLE {table}; CREATE TABLE {newTable} (a int, b text);", "")
        {
            Before = $"CREATE TABLE {table} (a int, b text);",
        };

        var finding = Linter.Lint(lint.Input).Single();

        Assert.AreEqual(
            (DiagnosticCodes.DropAndAdd, new RenameAnswer("If the table was renamed", answer)), (finding.Code, finding.Rename));
    }

    [TestMethod]
    [DataRow("CREATE TABLE t (a int, b int);", "DROP TABLE t;", "CREATE TABLE t (a int, b int);", "again without the rows")]
    [DataRow("CREATE TABLE t (a int, b int);", "ALTER TABLE t DROP COLUMN b;", "ALTER TABLE t ADD b int;", "again without the values")]
    [DataRow("CREATE TABLE t (a int);", "ALTER TABLE t ALTER a DROP NOT NULL;", "UPDATE t SET a = 0 WHERE a IS NULL;", "the nulls")]
    [DataRow("CREATE TABLE t (a int);", "ALTER TABLE t ALTER a TYPE bigint;", "ALTER TABLE t ALTER a TYPE int;", "back from bigint to int")]
    public void Data_that_a_rollback_loses_is_a_message(string before, string up, string down, string text)
    {
        var input = new LintCase("", up, "") { Before = before, After = "CREATE TABLE t (a bigint);" }.Input with { Down = down };

        var finding = Linter.Lint(input).Single(finding => finding.Code == DiagnosticCodes.DownLosesData);

        Assert.Contains(text, finding.Message);
        Assert.AreEqual((Severity.Message, true), (finding.Severity, finding.IsDown));
    }

    [TestMethod]
    public void A_rollback_that_removes_what_the_migration_added_is_no_finding() => Assert.IsEmpty(Linter.Lint(
        new LintCase("", "CREATE TABLE t (a int);", "").Input with { Down = "DROP TABLE t;" }));

    [TestMethod]
    [DataRow("LOCK TABLE ONLY a, b * IN SHARE MODE;", "LOCK a, b takes a SHARE lock")]
    [DataRow("VACUUM (FULL, ANALYZE) a (x, y), b;", "VACUUM FULL a, b takes an ACCESS EXCLUSIVE lock")]
    [DataRow("DROP OWNED BY a, b;", "All objects that are owned by a, b are dropped")]
    public void A_statement_about_several_objects_names_all(string sql, string text) =>
        Assert.StartsWith(text, Linter.Lint(new LintCase("", sql, "").Input)[0].Message);

    [TestMethod]
    [DataRow("UPDATE t SET m = 'glad';", Severity.Error)]
    [DataRow("""INSERT INTO "Users" ("Name") SELECT 'x' FROM t WHERE m = 'glad';""", Severity.Error)]
    [DataRow("ALTER TABLE t ALTER m SET DEFAULT 'glad';", Severity.Error)]
    [DataRow("ALTER TABLE \"Users\" ADD m mood DEFAULT 'glad';", Severity.Error)]
    [DataRow("ALTER TABLE \"Users\" ADD m mood[] DEFAULT ARRAY['glad'::mood];", Severity.Error)]
    [DataRow("ALTER TABLE t ADD b boolean GENERATED ALWAYS AS (m = 'glad') STORED;", Severity.Error)]
    [DataRow("CREATE TABLE new (m mood DEFAULT 'glad');", Severity.Error)]
    [DataRow("SELECT 'glad'::public.mood;", Severity.Error)]
    [DataRow("""SELECT CAST('glad' AS "mood");""", Severity.Error)]
    [DataRow("UPDATE other SET m = 'glad';", Severity.Warning)]
    [DataRow("SELECT set_config('a', 'glad', true);", Severity.Warning)]
    [DataRow("""UPDATE "Users" SET "Name" = 'glad';""", null)]
    [DataRow("""INSERT INTO "Users" ("Name") VALUES ('glad');""", null)]
    [DataRow("ALTER TABLE t ADD mood text NOT NULL DEFAULT 'glad';", null)]
    [DataRow("CREATE TABLE new (m text DEFAULT 'glad');", null)]
    [DataRow("CREATE TYPE other AS ENUM ('glad');", null)]
    [DataRow("COMMENT ON COLUMN t.m IS 'glad';", null)]
    public void A_new_label_is_reported_as_far_as_its_use_is_certain(string use, Severity? severity)
    {
        var lint = new LintCase("", "ALTER TYPE mood ADD VALUE 'glad'; " + use, "") { Before = Users + "CREATE TABLE t (m mood);" };

        var finding = Linter.Lint(lint.Input).FirstOrDefault(finding => finding.Code == DiagnosticCodes.EnumChange);

        Assert.AreEqual(severity, finding?.Severity);
    }

    private static LintCase Bad(string codes, string up, string? name = null) =>
        new($"{codes}: {name ?? up}", up, codes) { Before = Users };

    private static LintCase Good(string name, string up) => new(name, up, "") { Before = Users };
}
