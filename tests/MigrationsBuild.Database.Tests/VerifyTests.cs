using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Migrations that are applied, reverted and applied again on a scratch database.</summary>
[TestClass]
public class VerifyTests
{
    private const string Model = "CREATE TABLE a (id integer NOT NULL, n text)";
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string C = "20260103000000_C";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Each_migration_is_verified_and_the_database_stays_as_it_is(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect).AddTable(A).Add(B, "CREATE TABLE \"B\" (\"Id\" integer);\n", null).AddTable(C);
        set.Run("migrate", to: A).Succeeds();

        var result = set.Run("verify").Succeeds();

        CollectionAssert.AreEqual(
            new[]
            {
                $"  {A}  applied, reverted, applied again",
                $"  {B}  applied; it can't be reverted: Down() throws",
                $"  {C}  applied, reverted, applied again",
                "3 migrations verified",
            },
            result.Lines.Skip(1).ToArray());
        CollectionAssert.AreEqual(new[] { A }, set.History.ToArray());
        CollectionAssert.AreEqual(new[] { "A" }, set.Tables.ToArray());
    }

    [TestMethod]
    [DataRow("", 2)]
    [DataRow(A, 1)]
    [DataRow("base:head", 3)]
    [DataRow("B:head", 2)]
    [DataRow("head", 1)]
    public void By_default_the_drafts_are_verified(string range, int count)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A).AddTable(B, MigrationState.Draft).AddTable(C, MigrationState.Draft);

        var result = set.Run("verify", to: range).Succeeds();

        var verified = result.Lines.Where(line => line.EndsWith("applied again", StringComparison.Ordinal));
        Assert.HasCount(count, verified, result.Command.ToString());
        Assert.IsFalse(set.DatabaseExists);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql, "public.left_over", "public.kept")]
    [DataRow(SqlDialect.Sqlite, "left_over", "kept")]
    public void What_a_rollback_leaves_behind_or_drops_is_a_finding_at_its_SQL(SqlDialect dialect, string leftOver, string kept)
    {
        using var set = new MigrationSet(dialect)
            .Add(A, "CREATE TABLE kept (id integer);\n", "DROP TABLE kept;\n")
            .Add(B, "CREATE TABLE b (id integer);\nCREATE TABLE left_over (id integer);\n", "DROP TABLE b;\nDROP TABLE kept;\n")
            .AddTable(C);

        var result = set.Run("verify");
        var error = result.FailsWith(DiagnosticCodes.NotVerified);

        Assert.AreEqual($"{A}; {B} MIG3037; {C}", result.Verified, "The next one is verified on a new scratch database.");
        Assert.StartsWith(
            $"Reverting {B} doesn't restore the database: missing table {kept}, additional table {leftOver}. "
            + "The statement: DROP TABLE kept.",
            error.Message);
        Assert.EndsWith($"{B}.down.sql", error.Location!.File);
        Assert.AreEqual("DROP TABLE kept;", set.Folder.Read($"{B}.down.sql").Split('\n')[error.Location.Line - 1]);
    }

    [TestMethod]
    public void A_migration_that_fails_later_hides_no_finding()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE a (id integer);\nCREATE TABLE left_over (id integer);\n", "DROP TABLE a;\n")
            .Add(B, "CREATE TABLE nowhere.b (id integer);\n", null);

        var result = set.Run("verify");

        CollectionAssert.AreEqual(
            new[] { DiagnosticCodes.NotVerified, DiagnosticCodes.SqlFailed },
            result.Diagnostics.Select(diagnostic => diagnostic.Code).ToArray());
    }

    [TestMethod]
    [DataRow("CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'")]
    [DataRow("CREATE INDEX \"By Name\" ON a (n)")]
    [DataRow("ALTER TABLE a ADD CONSTRAINT c CHECK (id > 0)")]
    [DataRow("ALTER TABLE a ALTER COLUMN n TYPE varchar(9)")]
    [DataRow("CREATE TYPE mood AS ENUM ('a')")]
    public void The_statement_that_reverting_doesnt_take_back_is_shown(string statement)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, Model + ";\n", null)
            .Add(B, $"CREATE TABLE other (id integer);\n{statement};\n", "DROP TABLE other;\n");

        var error = set.Run("verify").FailsWith(DiagnosticCodes.NotVerified);

        StringAssert.Contains(error.Message, $" The statement: {statement}.");
        Assert.EndsWith($"{B}.sql", error.Location!.File);
        Assert.AreEqual(statement + ";", set.Folder.Read($"{B}.sql").Split('\n')[error.Location.Line - 1]);
    }

    [TestMethod]
    public void A_statement_that_fails_on_the_way_down_is_shown_at_its_line()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE a (id integer);\n", "DROP TABLE a;\nDROP TABLE nowhere;\n");

        var result = set.Run("verify");
        var error = result.FailsWith(DiagnosticCodes.SqlFailed);

        Assert.AreEqual($"{A} {error.Code.Id}", result.Verified);
        Assert.EndsWith($"{A}.down.sql", error.Location!.File);
        StringAssert.Contains(error.Message, "nowhere");
        Assert.IsEmpty(PostgreSqlServer.Shared.Query(
            "postgres", $"SELECT 1 FROM pg_stat_activity WHERE datname LIKE 'migrationsbuild%' AND query LIKE '%nowhere%'"));
    }

    [TestMethod]
    [DataRow("\"n\" INTEGER NOT NULL", true, DisplayName = "the default that EF Core needed to add a required column")]
    [DataRow("\"n\" INTEGER NOT NULL DEFAULT 2", false, DisplayName = "another default")]
    [DataRow("\"n\" INTEGER", false, DisplayName = "another column")]
    public void A_table_that_SQLite_rebuilds_may_lose_a_default(string column, bool isVerified)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite)
            .Add(A, "CREATE TABLE \"t\" (\"id\" INTEGER);\nALTER TABLE \"t\" ADD \"n\" INTEGER NOT NULL DEFAULT 1;\n", null)
            .Add(
                B,
                "ALTER TABLE \"t\" ADD \"m\" TEXT;\n",
                $"""
                CREATE TABLE "new" ("id" INTEGER, {column});
                INSERT INTO "new" SELECT "id", "n" FROM "t";
                DROP TABLE "t";
                ALTER TABLE "new" RENAME TO "t";

                """);

        Assert.AreEqual(isVerified ? $"{A}; {B}" : $"{A}; {B} MIG3037", set.Run("verify").Verified);
    }

    [TestMethod]
    public void Another_result_of_the_second_attempt_is_a_finding()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE a (id integer);\n", "DROP TABLE a;\n")
            .Add(
                B,
                """
                INSERT INTO a VALUES (1);
                DO $$ BEGIN IF (SELECT count(*) FROM a) > 1 THEN CREATE INDEX again ON a (id); END IF; END $$;

                """,
                "DROP INDEX IF EXISTS again;\n");

        var error = set.Run("verify").FailsWith(DiagnosticCodes.NotVerified);

        Assert.StartsWith($"Applying {B} a second time has another result: additional index public.again.", error.Message);
    }

    [TestMethod]
    [DataRow(Model, "", "")]
    [DataRow("CREATE TABLE a (id integer NOT NULL, n varchar(9))",
        "different column public.a.n (text instead of character varying(9))", "")]
    [DataRow("CREATE TABLE a (id integer NOT NULL, n text, m text)", "missing column public.a.m", "")]
    [DataRow(Model + "; CREATE INDEX i ON a (n)", "missing index public.i", "")]
    [DataRow("CREATE TABLE a (id integer, n text)", "different column public.a.id (integer NOT NULL instead of integer)", "")]
    [DataRow(Model, "", "CREATE VIEW v AS SELECT 1; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")]
    [DataRow(Model, "", "ALTER TABLE a ALTER COLUMN n SET DEFAULT ''")]
    [DataRow(Model, "", "CREATE INDEX by_hand ON a (n)")]
    [DataRow(Model, "additional check constraint public.a.c", "ALTER TABLE a ADD CONSTRAINT c CHECK (id > 0)")]
    [DataRow("CREATE TABLE a (id integer NOT NULL)", "additional column public.a.n", "")]
    public void The_result_is_compared_with_the_model(string model, string difference, string handwritten)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { ModelScript = model + ";\n" }
            .Add(A, $"{Model};\n{handwritten};\n", null);

        var result = set.Run("verify");

        if (difference.Length > 0)
        {
            var error = result.FailsWith(DiagnosticCodes.MigrationsDifferFromModel);
            Assert.StartsWith($"The migrations don't produce the model: {difference}.", error.Message);
            Assert.AreEqual($"{A} MIG3038", result.Verified);
            return;
        }

        result.Succeeds();
        var lines = string.Join("\n", result.Lines);
        if (handwritten.Contains("VIEW", StringComparison.Ordinal))
            StringAssert.Contains(lines, "The model doesn't have: function public.f()\n  The model doesn't have: view public.v");
        if (handwritten.Contains("INDEX", StringComparison.Ordinal))
            StringAssert.Contains(lines, "The model doesn't have: index public.by_hand");
        if (handwritten.Contains("DEFAULT", StringComparison.Ordinal))
            StringAssert.Contains(lines, "The database keeps a default that the model doesn't have: public.a.n");
    }

    [TestMethod]
    public void A_model_that_needs_a_function_of_a_migration_is_not_compared()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { ModelScript = "CREATE TABLE a (id integer DEFAULT next_id());\n" }
            .Add(
                A,
                "CREATE FUNCTION next_id() RETURNS integer LANGUAGE sql AS 'SELECT 1';\nCREATE TABLE a (id integer DEFAULT next_id());\n",
                null);

        var result = set.Run("verify").Succeeds();

        Assert.HasCount(1, result.Lines.Where(line => line.StartsWith("  Not compared with the model,", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Locks_that_the_SQL_doesnt_show_are_measured()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(
                A,
                """
                CREATE TABLE a (id integer);
                CREATE TABLE b (id integer);
                CREATE PROCEDURE grow() LANGUAGE plpgsql AS 'BEGIN ALTER TABLE a ADD n uuid DEFAULT gen_random_uuid(); END';

                """,
                null)
            .Add(B, "ALTER TABLE b ADD n bigserial;\nCALL grow();\nCREATE INDEX ON b (id);\n", null);

        var result = set.Run("verify", request => request with { Verbose = true }).Succeeds();

        var warning = result.Diagnostics.Single();
        Assert.AreEqual(
            "Measured: the statement takes an ACCESS EXCLUSIVE lock (blocks reads and writes) on a, and it is rewritten. "
            + "Its SQL doesn't show this.",
            warning.Message);
        Assert.AreEqual((DiagnosticCodes.HeavyLock, "CALL grow();"), (
            warning.Code, set.Folder.Read($"{B}.sql").Split('\n')[warning.Location!.Line - 1]));
        CollectionAssert.AreEqual(
            new[]
            {
                "    Locks b: ACCESS EXCLUSIVE, blocks reads and writes; it is rewritten",
                "    Locks a: ACCESS EXCLUSIVE, blocks reads and writes; it is rewritten",
                "    Locks b: ACCESS EXCLUSIVE, blocks reads and writes; an index on it is built",
            },
            result.Lines.Where(line => line.StartsWith("    Locks", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void Scans_for_validation_and_built_indexes_are_measured()
    {
        (string Table, string Statement, string Locks)[] cases =
        [
            ("n int", "ALTER TABLE t ADD CHECK (n > 0)", "t: ACCESS EXCLUSIVE, blocks reads and writes; its rows are read"),
            ("n int", "ALTER TABLE t ADD CHECK (n > 0) NOT VALID", "t: ACCESS EXCLUSIVE, blocks reads and writes"),
            ("n int", "ALTER TABLE t ALTER COLUMN n SET NOT NULL", "t: ACCESS EXCLUSIVE, blocks reads and writes; its rows are read"),
            (
                "n int CHECK (n IS NOT NULL)", "ALTER TABLE t ALTER COLUMN n SET NOT NULL",
                "t: ACCESS EXCLUSIVE, blocks reads and writes"),
            (
                "n int); ALTER TABLE t ADD CONSTRAINT k CHECK (n > 0) NOT VALID; CREATE TABLE other_t (n int",
                "ALTER TABLE t VALIDATE CONSTRAINT k",
                "t: SHARE UPDATE EXCLUSIVE, blocks other changes of the schema; its rows are read"),
            (
                "n int, m int UNIQUE", "ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES t (m)",
                "t: SHARE ROW EXCLUSIVE, blocks writes; its rows are read"),
            ("n int", "CREATE INDEX ON t (n)", "t: SHARE, blocks writes; an index on it is built"),
            ("n int PRIMARY KEY", "REINDEX INDEX t_pkey", "t: SHARE, blocks writes; an index on it is built"),
            ("n int", "ALTER TABLE t ADD UNIQUE (n)", "t: ACCESS EXCLUSIVE, blocks reads and writes; an index on it is built"),
            (
                "n int); CREATE UNIQUE INDEX t_u ON t (n); CREATE TABLE other_t (n int",
                "ALTER TABLE t ADD UNIQUE USING INDEX t_u", "t: ACCESS EXCLUSIVE, blocks reads and writes"),
            ("n int PRIMARY KEY", "ALTER TABLE t DROP CONSTRAINT t_pkey", "t: ACCESS EXCLUSIVE, blocks reads and writes"),
            ("n int", "TRUNCATE t", "t: ACCESS EXCLUSIVE, blocks reads and writes"),
            ("n int", "UPDATE t SET n = 1", ""),
            ("n int", "LOCK TABLE t IN SHARE MODE; SELECT count(*) FROM t", "t: SHARE, blocks writes"),
        ];
        string In(string text, int i) => Regex.Replace(text, @"(?<=other_|\b)t(?=_|\b)", $"t{i}");
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, string.Concat(cases.Select((one, i) => In($"CREATE TABLE t ({one.Table});\n", i))), null)
            .Add(B, string.Concat(cases.Select((one, i) => In(one.Statement, i) + ";\n")), null);

        var result = set.Run("verify", request => request with { Verbose = true }).Succeeds();

        Assert.AreEqual("", string.Join("\n", result.Diagnostics.Select(one => one.Message)));
        CollectionAssert.AreEqual(
            cases.Select((one, i) => In(one.Locks, i)).Where(line => line.Length > 0).ToArray(),
            result.Lines.Where(line => line.StartsWith("    Locks ", StringComparison.Ordinal)).Select(line => line[10..]).ToArray());
    }

    [TestMethod]
    [DataRow("ALTER TABLE a ADD CHECK (id > 0)", "MIG2304 reads and writes) on a, and its rows are read.")]
    [DataRow("CREATE INDEX ON a (id)", "MIG2303 writes) on a, and an index on it is built.")]
    [DataRow("ALTER TABLE a ADD CHECK (id > 0) NOT VALID", "MIG2306 reads and writes) on a.")]
    [DataRow("UPDATE a SET id = 1", "")]
    [DataRow("PERFORM count(*) FROM a", "")]
    public void Work_that_the_SQL_doesnt_show_has_the_code_of_the_lint(string statement, string finding)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(
                A,
                $"CREATE TABLE a (id integer);\nCREATE PROCEDURE run() LANGUAGE plpgsql AS 'BEGIN {statement}; END';\n",
                null)
            .Add(B, "CALL run();\n", null);

        var warnings = set.Run("verify", to: B).Succeeds().Diagnostics.Select(one =>
            $"{one.Code.Id} {one.Message.Split("(blocks ")[1].Replace(" Its SQL doesn't show this.", "")}");

        Assert.AreEqual(finding, string.Join("; ", warnings));
    }

    [TestMethod]
    public void Two_runs_at_once_dont_disturb_each_other()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable(B);
        set.Run("migrate").Succeeds();

        var runs = Enumerable.Range(0, 4).Select(i => Task.Run(() => set.Run(i % 2 == 0 ? "verify" : "diff"))).ToArray();

        foreach (var run in runs)
            run.GetAwaiter().GetResult().Succeeds();
    }

    [TestMethod]
    public void A_run_that_is_killed_leaves_nothing_that_the_next_run_doesnt_remove()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "SELECT pg_sleep(61.5);\n", null);
        static IReadOnlyList<string> Query(string sql) => PostgreSqlServer.Shared.Query("postgres", sql);
        using var runner = CommandLine.Start(set.Folder.Path, MigrationSet.Command[0], MigrationSet.Command[1..], set.Environment());
        CommandLine.Send(runner, set.Input("verify"));
        IReadOnlyList<string> scratch = [];
        Eventually.Holds(() => (scratch = Query(
            "SELECT datname FROM pg_stat_activity WHERE query LIKE '%pg_sleep(61.5)%' AND datname LIKE 'migrationsbuild%'")).Count > 0);

        runner.Kill();
        runner.WaitForExit();
        Eventually.Holds(() => Query($"SELECT 1 FROM pg_stat_activity WHERE datname = '{scratch[0]}'").Count == 0);
        using var next = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        next.Run("verify").Succeeds();

        Assert.IsEmpty(Query($"SELECT 1 FROM pg_database WHERE datname = '{scratch[0]}'"));
    }

    [TestMethod]
    public void Without_a_server_for_tests_a_remote_database_is_not_used()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);

        var error = set.Run("verify", request => request with { ConnectionVariable = "" }).FailsWith(DiagnosticCodes.NoScratchServer);

        StringAssert.Contains(error.Message, "Set the environment variable MIGRATIONS_SCRATCH_CONNECTION");
    }
}
