using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>Statements with semicolons of their own.</summary>
[TestClass]
public class SqlBlockTests
{
    private const string Trigger = "CREATE TEMP TRIGGER t AFTER UPDATE ON a WHEN CASE new.x WHEN 1 THEN 1 ELSE 0 END BEGIN "
        + "UPDATE b SET y = CASE WHEN new.x > 0 THEN 1 ELSE CASE z WHEN 1 THEN 2 END END; DELETE FROM c; END";

    [TestMethod]
    [DataRow("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END")]
    [DataRow("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO a VALUES (1); SELECT CASE WHEN true THEN 1 END; END")]
    [DataRow("create function f() returns int language sql begin atomic select 1; end")]
    [DataRow("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$")]
    [DataRow("CREATE FUNCTION f() RETURNS int RETURN CASE WHEN true THEN 1 END")]
    [DataRow("CREATE FUNCTION f(a int DEFAULT (CASE WHEN true THEN 1 END)) RETURNS int BEGIN ATOMIC SELECT 1; END")]
    [DataRow("DO $$ BEGIN PERFORM 1; END $$")]
    public void The_body_of_a_PostgreSQL_function_is_one_statement(string function) => IsOne(function, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow(Trigger)]
    [DataRow("CREATE TRIGGER IF NOT EXISTS t BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, 'no; END'); END")]
    [DataRow("CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO [b;END] VALUES ((CASE WHEN 1 THEN 2 END)); -- END;\nEND")]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE a SET end = NEW.end WHERE id = NEW.id; END")]
    [DataRow("CREATE TRIGGER t AFTER UPDATE OF begin ON a BEGIN UPDATE a SET begin = 1; SELECT end FROM a;; END")]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT end, begin, case; /* ; */ END -- ;\n")]
    public void The_body_of_an_SQLite_trigger_is_one_statement(string trigger) => IsOne(trigger, SqlDialect.Sqlite);

    [TestMethod]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a EXECUTE FUNCTION f(); SELECT CASE WHEN true THEN 1 END; SELECT 2", SqlDialect.PostgreSql)]
    [DataRow("CREATE TABLE a (b int DEFAULT 1); UPDATE a SET b = CASE WHEN b = 1 THEN 2 END; SELECT 2", SqlDialect.Sqlite)]
    [DataRow("CREATE VIEW begin AS SELECT 1; SELECT 2; SELECT 3", SqlDialect.Sqlite)]
    public void No_other_statement_holds_a_body(string text, SqlDialect dialect) => Assert.HasCount(3, SqlScript.Parse(text, dialect));

    [TestMethod]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT 1; END", null)]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT 1;", "its BEGIN has no END")]
    [DataRow("CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE a SET b = end", "its BEGIN has no END")]
    public void An_SQLite_trigger_ends_with_an_END_after_a_semicolon(string trigger, string? flaw) =>
        Assert.AreEqual(flaw, SqlScript.Parse(trigger, SqlDialect.Sqlite).Single().Flaw);

    private static void IsOne(string statement, SqlDialect dialect)
    {
        var statements = SqlScript.Parse(statement + "; SELECT 2;", dialect);

        CollectionAssert.AreEqual(new[] { statement.Split(" -- ;")[0], "SELECT 2" }, statements.Select(found => found.Text).ToArray());
    }
}
