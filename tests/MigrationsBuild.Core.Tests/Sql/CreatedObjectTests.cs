using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class CreatedObjectTests
{
    [TestMethod]
    [DataRow("CREATE TABLE \"User\" (id int)", "table \"User\"")]
    [DataRow("create unlogged table shop . \"a.b\" (id int)", "table shop.\"a.b\"")]
    [DataRow("CREATE /* why */ SEQUENCE s START 1", "sequence s")]
    [DataRow("CREATE MATERIALIZED VIEW v AS SELECT 1", "view v")]
    [DataRow("CREATE TYPE t AS ENUM ('a')", "type t")]
    [DataRow("CREATE SCHEMA shop", "schema shop")]
    [DataRow("CREATE UNIQUE INDEX i ON ONLY shop.t (a)", "index i")]
    [DataRow("ALTER TABLE IF EXISTS ONLY t ADD COLUMN c int", "column t.c")]
    [DataRow("ALTER TABLE s.t ADD \"c\" int", "column s.t.\"c\"")]
    public void A_statement_makes_an_object(string statement, string text) => Assert.AreEqual(text, Of(statement)?.ToString());

    [TestMethod]
    [DataRow("CREATE INDEX ON t (a)")]
    [DataRow("CREATE")]
    [DataRow("CREATE TABLE")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c CHECK (true)")]
    [DataRow("ALTER TABLE t ADD PRIMARY KEY (a)")]
    [DataRow("ALTER TABLE t DROP COLUMN c")]
    [DataRow("DROP TABLE t")]
    [DataRow("SELECT 'CREATE TABLE t'")]
    [DataRow("")]
    public void Or_none_of_a_name_of_its_own(string statement) => Assert.IsNull(Of(statement));

    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t (a)", true, true)]
    [DataRow("CREATE INDEX CONCURRENTLY i ON s.t (a)", true, false)]
    [DataRow("CREATE INDEX IF NOT EXISTS i ON s.t (a)", false, true)]
    public void An_index_knows_its_table_and_how_it_is_made(string statement, bool isConcurrent, bool ifNotExists) =>
        Assert.AreEqual(new CreatedObject("INDEX", "i", "s.t") { IsConcurrent = isConcurrent, IfNotExists = ifNotExists }, Of(statement));

    [TestMethod]
    public void A_column_may_exist_already() => Assert.IsTrue(Of("ALTER TABLE t ADD COLUMN IF NOT EXISTS c int")!.IfNotExists);

    [TestMethod]
    public void SQLite_has_names_in_brackets() =>
        Assert.AreEqual("[a b]", CreatedObject.Of("CREATE TABLE [a b] (c)", SqlDialect.Sqlite)!.Name);

    private static CreatedObject? Of(string statement) => CreatedObject.Of(statement, SqlDialect.PostgreSql);
}
