using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlScriptTests
{
    [TestMethod]
    [DataRow("SELECT 1; SELECT 2", "SELECT 1|SELECT 2")]
    [DataRow("SELECT 'a;b'; SELECT 2;", "SELECT 'a;b'|SELECT 2")]
    [DataRow(
        "SELECT \"a;b\", E'\\';', $$;$$ /* ; /* ; */ ; */ , 1 -- ;\n;SELECT 2",
        "SELECT \"a;b\", E'\\';', $$;$$ /* ; /* ; */ ; */ , 1|SELECT 2")]
    [DataRow(
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1",
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)|SELECT 1")]
    [DataRow("a); b", "a)|b", DisplayName = "A parenthesis too many closes nothing")]
    public void Statements_end_at_semicolons_outside_of_literals_comments_and_parentheses(string text, string statements) =>
        Assert.AreEqual(statements, Join(Parse(text)));

    [TestMethod]
    [DataRow("")]
    [DataRow(" ;; \n ;")]
    [DataRow("-- nothing; at all\n")]
    [DataRow("/* SELECT 1; */ ;")]
    public void Empty_statements_are_left_out(string text) => Assert.IsEmpty(Parse(text));

    [TestMethod]
    public void A_statement_knows_where_it_stands()
    {
        const string Text = "-- ä 😀\n  SELECT 1 -- one\n ; SELECT 2";

        var statements = Parse(Text);

        Assert.AreEqual(Text.IndexOf("SELECT 1", StringComparison.Ordinal), statements[0].Offset);
        Assert.AreEqual(Text.IndexOf("; SELECT 2", StringComparison.Ordinal) + 1, statements[0].End);
        Assert.AreEqual(Text.IndexOf("SELECT 2", StringComparison.Ordinal), statements[1].Offset);
        Assert.AreEqual(Text.Length, statements[1].End);
    }

    [TestMethod]
    public void Only_a_semicolon_terminates()
    {
        var statements = Parse("SELECT 1; SELECT 2 -- ;");

        Assert.IsTrue(statements[0].IsTerminated);
        Assert.IsFalse(statements[1].IsTerminated);
    }

    [TestMethod]
    public void Words_are_those_outside_of_quotes_and_parentheses() =>
        Assert.AreEqual(
            "CREATE INDEX CONCURRENTLY I ON T",
            string.Join(' ', Parse("create Index concurrently i /* x */ ON t (lower(a)) 'w' \"n\"").Single().Words));

    [TestMethod]
    [DataRow("-- outside a transaction\nVACUUM; SELECT 1", "VACUUM")]
    [DataRow("SELECT 1;\n-- outside a transaction \t\n\n-- why\nVACUUM", "VACUUM")]
    [DataRow("SELECT 1;\n/* first */ -- outside a transaction\r\nVACUUM;", "VACUUM")]
    [DataRow("-- outside a transaction\n; SELECT 1", "", DisplayName = "An empty statement takes the mark with it")]
    [DataRow("SELECT 1\n-- outside a transaction\n; SELECT 2", "", DisplayName = "Inside of a statement it is a comment")]
    [DataRow("-- Outside a transaction\nSELECT 1", "")]
    [DataRow("/* -- outside a transaction */ SELECT '\n-- outside a transaction\n'; SELECT 1", "")]
    public void The_mark_counts_for_the_statement_after_it(string text, string outside) =>
        Assert.AreEqual(outside, Join(Parse(text).Where(statement => statement.OutsideTransaction)));

    private static IReadOnlyList<SqlStatement> Parse(string text) => SqlScript.Parse(text, SqlDialect.PostgreSql);

    private static string Join(IEnumerable<SqlStatement> statements) => string.Join('|', statements.Select(statement => statement.Text));
}
