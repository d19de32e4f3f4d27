using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Comparisons of databases with many tables, and with names that only quotes keep together.</summary>
[TestClass]
public class LargeSchemaTests
{
    private const string A = "20260101000000_A";

    private const string Hostile =
        """"
        CREATE SCHEMA "a.b; ""c""";
        CREATE TABLE "a.b; ""c"""."x.y 'z' ""$1"" é" ("id "" ; --" integer CONSTRAINT "p k" PRIMARY KEY, "n,m" text DEFAULT 'it''s; ok');
        CREATE INDEX "i "" x" ON "a.b; ""c"""."x.y 'z' ""$1"" é" ("n,m") WHERE "n,m" <> ';';
        CREATE TABLE "SELECT" (id integer REFERENCES "a.b; ""c"""."x.y 'z' ""$1"" é" ("id "" ; --"));

        """";

    private const string HostileDown =
        """"
        DROP TABLE "SELECT";
        DROP TABLE "a.b; ""c"""."x.y 'z' ""$1"" é";
        DROP SCHEMA "a.b; ""c""";

        """";

    [TestMethod]
    public void Five_hundred_tables_are_read_with_one_query()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            A,
            string.Concat(Enumerable.Range(1, 500).Select(i =>
                $"CREATE TABLE t{i} (id integer PRIMARY KEY, name text NOT NULL, other_id integer);\nCREATE INDEX ON t{i} (name);\n")),
            null);
        set.Run("migrate").Succeeds();
        set.Execute("ALTER TABLE t250 ADD extra integer");

        var result = set.Run("diff");

        Assert.AreEqual("additional column public.t250.extra", result.Differences);
    }

    [TestMethod]
    public void Hostile_names_are_compared_and_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, Hostile, HostileDown);
        set.Run("migrate").Succeeds();
        set.Run("verify").Succeeds();
        set.Run("diff").Succeeds();
        set.Execute("ALTER TABLE \"SELECT\" ADD \"new \"\" column\" integer; DROP INDEX \"a.b; \"\"c\"\"\".\"i \"\" x\"");

        var result = set.Run("diff");

        Assert.AreEqual(
            "missing index \"a.b; \"\"c\"\"\".\"i \"\" x\"; additional column public.\"SELECT\".\"new \"\" column\"", result.Differences);
    }
}
