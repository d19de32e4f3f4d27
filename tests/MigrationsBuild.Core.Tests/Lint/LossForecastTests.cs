using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Lint;

[TestClass]
public class LossForecastTests
{
    private const string Users =
        """
        CREATE TABLE "Users" ("Id" integer NOT NULL, "Name" text, "Avatar" text, "Upper" text GENERATED ALWAYS AS (upper("Name")) STORED);
        """;

    [TestMethod]
    [DataRow("""DROP TABLE "Users";""", "\"Users\"")]
    [DataRow("""DROP TABLE audit.log, "Users";""", "audit.log; \"Users\"")]
    [DataRow("""ALTER TABLE "Users" DROP COLUMN "Avatar", DROP "Name";""", "\"Users\".\"Avatar\"; \"Users\".\"Name\"")]
    [DataRow(
        """ALTER TABLE "Users" RENAME COLUMN "Avatar" TO "Picture"; ALTER TABLE "Users" DROP COLUMN "Picture";""", "\"Users\".\"Avatar\"")]
    [DataRow(
        """ALTER TABLE "Users" RENAME TO people; ALTER TABLE people DROP COLUMN "Name"; DROP TABLE people;""",
        "\"Users\".\"Name\"; \"Users\"")]
    [DataRow("""DO $$ BEGIN IF true THEN DROP TABLE "Users"; END IF; END $$;""", "\"Users\"")]
    public void Names_what_is_dropped_as_the_database_has_it(string sql, string dropped) => Assert.AreEqual(dropped, Dropped(sql));

    [TestMethod]
    [DataRow("""CREATE TABLE "New" ("Id" integer); DROP TABLE "New";""", "the migration has created it")]
    [DataRow("""ALTER TABLE "Users" ADD COLUMN "New" text; ALTER TABLE "Users" DROP COLUMN "New";""", "the migration has added it")]
    [DataRow("""ALTER TABLE "Users" DROP COLUMN "Upper";""", "its values are computed")]
    [DataRow("""ALTER TABLE "Users" ALTER COLUMN "Name" DROP NOT NULL, DROP CONSTRAINT "C";""", "no column is dropped")]
    [DataRow("""DROP INDEX "IX"; DROP VIEW v CASCADE; DROP TYPE mood; DROP FUNCTION f() CASCADE;""", "none of them has rows")]
    [DataRow("""SELECT 'DROP TABLE "Users"';""", "a literal")]
    [DataRow(
        """CREATE FUNCTION f() RETURNS void LANGUAGE sql SET search_path = '' AS 'DROP TABLE "Users"';""", "the function isn't called")]
    public void Nothing_else_is_a_loss(string sql, string why) => Assert.AreEqual("", Dropped(sql) + Unknown(sql), why);

    [TestMethod]
    [DataRow("""DO $$ BEGIN IF false THEN CREATE TABLE "Users" (id int); END IF; END $$; DROP TABLE "Users";""", "\"Users\"")]
    [DataRow("""CREATE TABLE IF NOT EXISTS "Users" (id int); DROP TABLE "Users";""", "\"Users\"")]
    [DataRow(
        """
        DO $$ BEGIN IF false THEN ALTER TABLE "Users" ADD COLUMN "Avatar" text; END IF; END $$;
        ALTER TABLE "Users" DROP COLUMN "Avatar";
        """,
        "\"Users\".\"Avatar\"")]
    [DataRow(
        """
        DO $$ BEGIN IF false THEN ALTER TABLE "Users" RENAME COLUMN "Upper" TO "Name"; END IF; END $$;
        ALTER TABLE "Users" DROP COLUMN "Name";
        """,
        "\"Users\".\"Name\"")]
    [DataRow("""DO $$ BEGIN IF false THEN ALTER TABLE a RENAME TO "Users"; END IF; END $$; DROP TABLE "Users";""", "\"Users\"")]
    [DataRow(
        """
        DO $$ BEGIN IF false THEN CREATE TABLE b (id int); ELSE ALTER TABLE "Users" RENAME TO b; END IF; END $$;
        DROP TABLE b;
        """,
        "\"Users\"")]
    public void A_branch_of_a_block_may_not_have_run(string sql, string dropped) => Assert.AreEqual(dropped, Dropped(sql));

    [TestMethod]
    [DataRow("ALTER SCHEMA a RENAME TO b; DROP TABLE b.t;", "a.t")]
    [DataRow("ALTER SCHEMA a RENAME TO b; ALTER SCHEMA b RENAME TO c; ALTER TABLE c.t DROP COLUMN x;", "a.t.x")]
    [DataRow("ALTER SCHEMA public RENAME TO b; DROP TABLE b.u;", "u")]
    [DataRow("ALTER SCHEMA a RENAME TO public; DROP TABLE t;", "a.t")]
    public void A_renamed_schema_is_followed(string sql, string dropped) => Assert.AreEqual(dropped, string.Join(
        "; ",
        new LossForecast("CREATE TABLE a.t (x text); CREATE TABLE u (x text);", SqlDialect.PostgreSql)
            .Next(Parse(sql, SqlDialect.PostgreSql)).Dropped));

    [TestMethod]
    [DataRow("DROP TABLE x;", false)]
    [DataRow("DROP TABLE IF EXISTS x;", true)]
    [DataRow("ALTER TABLE x DROP COLUMN a;", false)]
    [DataRow("ALTER TABLE x DROP COLUMN IF EXISTS a;", true)]
    [DataRow("DO $$ BEGIN IF to_regclass('x') IS NOT NULL THEN DROP TABLE x; END IF; END $$;", true)]
    public void A_drop_knows_whether_its_object_may_be_missing(string sql, bool mayBeMissing) => Assert.AreEqual(
        mayBeMissing, Forecast(SqlDialect.PostgreSql).Next(Parse(sql, SqlDialect.PostgreSql)).Dropped.Single().MayBeMissing);

    [TestMethod]
    [DataRow("""CREATE TABLE IF NOT EXISTS "New" (id int); DROP TABLE "New";""")]
    [DataRow("""ALTER TABLE "Users" ADD COLUMN IF NOT EXISTS "New" text; ALTER TABLE "Users" DROP COLUMN "New";""")]
    public void What_did_not_exist_is_new(string sql) => Assert.AreEqual("", Dropped(sql));

    [TestMethod]
    [DataRow("DROP SCHEMA audit CASCADE;", "DROP SCHEMA … CASCADE may drop tables and columns")]
    [DataRow("DROP TYPE mood CASCADE;", "DROP TYPE … CASCADE may drop tables and columns")]
    [DataRow("DROP OWNED BY app;", "DROP OWNED BY may drop any table")]
    [DataRow("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'Users'); END $$;", "EXECUTE runs dynamic SQL")]
    [DataRow("EXPLAIN ANALYZE DROP TABLE x;", "EXPLAIN may do anything")]
    [DataRow(
        """SET search_path = app; DROP TABLE "Users";""",
        "it sets search_path, so it isn't known which \"Users\" is meant")]
    public void A_statement_that_may_drop_anything_is_reported(string sql, string reason) => Assert.AreEqual(reason, Unknown(sql));

    [TestMethod]
    public void Composed_SQL_without_a_drop_is_only_dynamic()
    {
        var block = Parse("DO $$ BEGIN EXECUTE format('GRANT %s', 'x'); END $$;", SqlDialect.PostgreSql);

        Assert.IsTrue(Forecast(SqlDialect.PostgreSql).Next(block).Unknown.Single().IsDynamic);
    }

    [TestMethod]
    public void Later_migrations_know_the_earlier_ones()
    {
        var forecast = Forecast(SqlDialect.PostgreSql);
        forecast.Next(Parse("""ALTER TABLE "Users" RENAME COLUMN "Name" TO "FullName";""", SqlDialect.PostgreSql));

        var next = forecast.Next(Parse("""ALTER TABLE "Users" DROP COLUMN "FullName";""", SqlDialect.PostgreSql));

        Assert.AreEqual("\"Users\".\"Name\"", next.Dropped.Single().ToString());
    }

    [TestMethod]
    [DataRow("\"Id\", \"Name\", \"Avatar\"", "", "a rebuild keeps all columns")]
    [DataRow("\"Id\", \"Name\"", "\"Users\".\"Avatar\"", "a rebuild omits a column")]
    [DataRow("\"Id\", \"Name\", \"Avatar\", \"New\"", "", "a rebuild adds a column")]
    public void A_rebuild_of_SQLite_drops_the_columns_that_it_omits(string columns, string dropped, string why) =>
        Assert.AreEqual(dropped, Dropped(Rebuild(columns), SqlDialect.Sqlite), why);

    [TestMethod]
    [DataRow("INSERT INTO \"ef_temp_Users\" (\"Id\") SELECT \"Id\" FROM \"Users\"", "\"Users\".\"Name\"; \"Users\".\"Avatar\"")]
    [DataRow("INSERT INTO \"ef_temp_Users\" SELECT * FROM \"Users\"", "")]
    [DataRow("INSERT INTO \"ef_temp_Users\" (\"Id\") SELECT \"Id\" FROM \"Users\" WHERE \"Id\" > 5", "\"Users\"")]
    [DataRow("INSERT INTO \"ef_temp_Users\" (\"Id\") VALUES (1)", "\"Users\"")]
    [DataRow("INSERT INTO \"ef_temp_Users\" (\"Id\") SELECT \"Id\" FROM \"Other\"", "\"Users\"")]
    [DataRow("SELECT 1", "\"Users\"")]
    public void A_rebuild_keeps_only_the_values_that_it_copies(string insert, string dropped) => Assert.AreEqual(
        dropped, Dropped(Rebuild("\"Id\", \"Name\", \"Avatar\"", insert), SqlDialect.Sqlite));

    [TestMethod]
    public void The_rows_of_one_rebuild_are_no_rows_of_the_next()
    {
        const string columns = "\"Id\", \"Name\", \"Avatar\"";

        Assert.AreEqual("\"Users\"", Dropped(Rebuild(columns) + Rebuild(columns, "SELECT 1"), SqlDialect.Sqlite));
    }

    [TestMethod]
    public void A_long_list_of_columns_is_read_to_its_end()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"\"Column{i}\"")) + ", \"Id\", \"Name\", \"Avatar\"";

        Assert.AreEqual("", Dropped(Rebuild(columns), SqlDialect.Sqlite));
    }

    [TestMethod]
    public void A_table_that_was_rebuilt_is_dropped_later()
    {
        var sql = Rebuild("\"Id\", \"Name\", \"New\"")
            + """ALTER TABLE "Users" DROP COLUMN "New"; ALTER TABLE "Users" DROP COLUMN "Name"; DROP TABLE "Users";""";

        Assert.AreEqual("\"Users\".\"Avatar\"; \"Users\".\"Name\"; \"Users\"", Dropped(sql, SqlDialect.Sqlite));
    }

    private static string Rebuild(string columns, string? insert = null) =>
        $"""
        CREATE TABLE "ef_temp_Users" ({columns});
        {insert ?? $"INSERT INTO \"ef_temp_Users\" ({columns}) SELECT {columns} FROM \"Users\""};
        DROP TABLE "Users";
        ALTER TABLE "ef_temp_Users" RENAME TO "Users";

        """;

    private static string Dropped(string sql, SqlDialect dialect = SqlDialect.PostgreSql) =>
        string.Join("; ", Forecast(dialect).Next(Parse(sql, dialect)).Dropped);

    private static string Unknown(string sql) => string.Join(
        "; ", Forecast(SqlDialect.PostgreSql).Next(Parse(sql, SqlDialect.PostgreSql)).Unknown.Select(drop => drop.Reason));

    private static LossForecast Forecast(SqlDialect dialect) => new(Users, dialect);

    private static IReadOnlyList<SqlStatement> Parse(string sql, SqlDialect dialect) => SqlScript.Parse(sql, dialect);
}
