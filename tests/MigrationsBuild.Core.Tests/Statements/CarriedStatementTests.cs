using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Core.Tests.Statements;

[TestClass]
public class CarriedStatementTests
{
    [TestMethod]
    [DataRow("CREATE VIEW v AS SELECT 1", "VIEW", "v", "DROP VIEW v")]
    [DataRow("create or replace view \"S\".\"V\" as select 1", "VIEW", "\"S\".\"V\"", "DROP VIEW \"S\".\"V\"")]
    [DataRow("CREATE MATERIALIZED VIEW IF NOT EXISTS Totals AS SELECT 1", "MATERIALIZED VIEW", "totals", "DROP MATERIALIZED VIEW totals")]
    [DataRow("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "FUNCTION", "f", "DROP FUNCTION f")]
    [DataRow("CREATE UNLOGGED TABLE t (x int)", "TABLE", "t", "DROP TABLE t")]
    [DataRow("CREATE UNIQUE INDEX i ON t (x)", "INDEX", "i", null)]
    [DataRow("CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()", "TRIGGER", "g", null)]
    [DataRow("CREATE EXTENSION IF NOT EXISTS citext", "EXTENSION", "citext", null)]
    [DataRow("INSERT INTO \"Tags\" VALUES (1)", "INSERT", "\"Tags\"", null)]
    public void A_statement_has_a_kind_a_name_and_one_that_reverts_it(string text, string kind, string name, string? drop)
    {
        var statement = CarriedStatement.Of(text, SqlDialect.PostgreSql)!;

        Assert.AreEqual((text, kind, name, drop), (statement.Text, statement.Kind, statement.Name.ToString(), statement.Drop));
    }

    [TestMethod]
    public void An_index_on_a_new_table_needs_no_concurrency() => Assert.AreEqual(
        "CREATE INDEX i ON t (x)", CarriedStatement.Of("CREATE INDEX CONCURRENTLY i ON t (x)", SqlDialect.PostgreSql)!.Text);

    [TestMethod]
    [DataRow("UPDATE t SET x = 1")]
    [DataRow("ALTER TABLE t ADD x int")]
    [DataRow("GRANT SELECT ON t TO PUBLIC")]
    [DataRow("CREATE")]
    public void Other_statements_are_not_carried_over(string text) => Assert.IsNull(CarriedStatement.Of(text, SqlDialect.PostgreSql));
}
