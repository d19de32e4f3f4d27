using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlChangesTests
{
    [TestMethod]
    [DataRow("DROP TABLE \"Old\"", "table \"Old\", with all its rows")]
    [DataRow("drop table if exists shop.a, b cascade", "table shop.a, with all its rows; table b, with all its rows")]
    [DataRow(
        "ALTER TABLE IF EXISTS ONLY t ADD c numeric(10, 2), DROP COLUMN IF EXISTS \"d\", DROP e CASCADE",
        "column t.\"d\", with all its values; column t.e, with all its values")]
    [DataRow("DROP SCHEMA s CASCADE", "schema s, with all that is in it")]
    [DataRow("DROP SEQUENCE s", "sequence s, with its value")]
    [DataRow("DROP TYPE t CASCADE", "type t, with the columns that use it")]
    [DataRow("DROP EXTENSION IF EXISTS citext CASCADE", "extension citext, with the columns that use it")]
    [DataRow("TRUNCATE TABLE ONLY a, b RESTART IDENTITY", "all rows of table a; all rows of table b")]
    [DataRow("DELETE FROM a", "all rows of table a")]
    [DataRow("DELETE FROM ONLY s.a AS x USING b RETURNING (SELECT 1 WHERE true)", "all rows of table s.a")]
    [DataRow("WITH old AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM old WHERE true", "all rows of table a")]
    [DataRow("SELECT 1; /* ; */ DROP /* why */ TABLE a", "table a, with all its rows")]
    [DataRow(
        "DO $$ BEGIN IF EXISTS (SELECT 1) THEN DROP TABLE a; ELSE DELETE FROM b; END IF; END $$",
        "table a, with all its rows; all rows of table b")]
    [DataRow(
        "DO $x$ BEGIN EXECUTE format('TRUNCATE %I', 'a'); EXECUTE 'DROP TABLE ' || name; END $x$",
        "all rows of table %I; table …, with all its rows")]
    public void What_loses_data_is_found(string sql, string losses) => Assert.AreEqual(losses, Losses(sql, SqlDialect.PostgreSql));

    [TestMethod]
    [DataRow("DELETE FROM a WHERE id = 1")]
    [DataRow("WITH x AS (SELECT 1) DELETE FROM a USING x WHERE true")]
    [DataRow("ALTER TABLE a DROP CONSTRAINT c, ALTER COLUMN d DROP DEFAULT, ALTER e DROP NOT NULL")]
    [DataRow("DROP INDEX i; DROP VIEW v; DROP FUNCTION f(); DROP TYPE t; DROP MATERIALIZED VIEW m")]
    [DataRow("SELECT 'DROP TABLE a', $$TRUNCATE a$$ -- DELETE FROM a")]
    [DataRow("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM a $$")]
    [DataRow("CREATE FUNCTION f() RETURNS void BEGIN ATOMIC DELETE FROM a; END")]
    [DataRow("CREATE TRIGGER t AFTER DELETE OR TRUNCATE ON a EXECUTE FUNCTION f()")]
    [DataRow("GRANT DELETE, TRUNCATE ON a TO r")]
    [DataRow("ALTER PUBLICATION p DROP TABLE a; ALTER EXTENSION e DROP TABLE a")]
    [DataRow("")]
    public void What_keeps_the_data_is_no_loss(string sql) => Assert.AreEqual("", Losses(sql, SqlDialect.PostgreSql));

    [TestMethod]
    [DataRow("CREATE TABLE a (b int)", "Created a")]
    [DataRow("CREATE TEMP TABLE IF NOT EXISTS a AS SELECT 1", "Created a")]
    [DataRow("SELECT * INTO TEMP a FROM b", "Created a")]
    [DataRow("ALTER TABLE a ADD COLUMN b int", "ColumnAdded a b")]
    [DataRow("ALTER TABLE a RENAME TO b", "Renamed a b")]
    public void Created_and_renamed_objects_are_found(string sql, string expected)
    {
        var change = SqlChanges.In(sql, SqlDialect.PostgreSql).Single();

        Assert.AreEqual(expected, $"{change.Kind} {change.Name} {change.Detail}".TrimEnd());
    }

    [TestMethod]
    [DataRow("CREATE TABLE IF NOT EXISTS a (b int)")]
    [DataRow("ALTER TABLE a ADD COLUMN IF NOT EXISTS b int")]
    [DataRow("ALTER TABLE a RENAME COLUMN b TO c")]
    public void What_may_have_been_there_is_not_taken_for_new(string sql) => Assert.IsEmpty(SqlChanges.In(sql, SqlDialect.PostgreSql));

    [TestMethod]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN DELETE FROM b; END", "")]
    [DataRow("DELETE FROM [a b]; DROP TABLE `c`", "all rows of table [a b]; table `c`, with all its rows")]
    public void In_SQLite_a_trigger_is_only_defined(string sql, string losses) => Assert.AreEqual(losses, Losses(sql, SqlDialect.Sqlite));

    [TestMethod]
    [DataRow("IF OBJECT_ID(N'dbo.a') IS NOT NULL DROP TABLE [dbo].[a]", "table [dbo].[a], with all its rows")]
    [DataRow("UPDATE a SET b = 1\nDELETE FROM c\nUPDATE a SET b = 2 WHERE b = 1", "all rows of table c")]
    [DataRow("ALTER TABLE a DROP CONSTRAINT x, COLUMN b, c", "column a.b, with all its values; column a.c, with all its values")]
    [DataRow("EXEC(N'DROP TABLE a')", "table a, with all its rows")]
    [DataRow("CREATE TABLE #t (a int); DROP TABLE #t", "")]
    [DataRow("CREATE OR ALTER PROCEDURE p AS BEGIN DELETE FROM a; DELETE FROM b; END; DROP TABLE c", "table c, with all its rows")]
    [DataRow("CREATE PROCEDURE p AS DELETE FROM a; DELETE FROM b", "")]
    [DataRow("CREATE TRIGGER t ON a AFTER DELETE AS DELETE FROM b", "")]
    public void Elsewhere_statements_need_no_semicolon(string sql, string losses) => Assert.AreEqual(losses, Losses(sql, SqlDialect.Other));

    private static string Losses(string sql, SqlDialect dialect) =>
        string.Join("; ", SqlChanges.In(sql, dialect).Select(change => change.ToString()).Where(text => text.Length > 0));
}
