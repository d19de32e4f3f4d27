using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlBodyTests
{
    [TestMethod]
    [DataRow("SELECT 1", "SELECT 1;\n")]
    [DataRow("\n SELECT 1;\n\n", "SELECT 1;\n")]
    [DataRow("SELECT 1 -- one", "SELECT 1 -- one\n;\n")]
    [DataRow("SELECT 1 /* one */", "SELECT 1 /* one */;\n")]
    [DataRow("SELECT 1; -- one", "SELECT 1; -- one\n")]
    [DataRow("SELECT 1; SELECT 2", "SELECT 1; SELECT 2;\n")]
    [DataRow("-- first\nSELECT 1", "-- first\nSELECT 1;\n")]
    public void Each_command_ends_with_a_semicolon_of_its_own(string command, string body) => Assert.AreEqual(body, Write(command));

    [TestMethod]
    [DataRow("")]
    [DataRow(" ; -- nothing")]
    public void A_command_without_statement_is_left_out(string command) =>
        Assert.AreEqual("SELECT 1;\n\nSELECT 2;\n", Write("SELECT 1", command, "SELECT 2"));

    [TestMethod]
    [DataRow("VACUUM", "-- outside a transaction\nVACUUM;\n")]
    [DataRow("A; -- two\nB -- three", "-- outside a transaction\nA;\n-- two\n-- outside a transaction\nB;\n")]
    [DataRow("/* one */ A", "/* one */ -- outside a transaction\nA;\n")]
    [DataRow("-- outside a transaction\nA;", "-- outside a transaction\nA;\n", DisplayName = "The mark is already there")]
    [DataRow(
        "A /* a; b */ -- c;\n ; B",
        "-- outside a transaction\nA;\n-- outside a transaction\nB;\n",
        DisplayName = "A semicolon in a comment ends nothing")]
    public void Each_statement_outside_a_transaction_is_marked(string command, string body) =>
        Assert.AreEqual(body, SqlBody.Write([new SqlCommandText(command, OutsideTransaction: true)], SqlDialect.PostgreSql));

    [TestMethod]
    [DataRow("A;\n\nB;\n", "A;|B;")]
    [DataRow("A;\nB;\n", "A;\nB;", DisplayName = "No empty line")]
    [DataRow("A;\n\n\nB;\n", "A;\n\n\nB;", DisplayName = "Two empty lines")]
    [DataRow("-- a\nA; -- one\n\n-- b\nB;\n-- end\n", "-- a\nA; -- one|-- b\nB;\n-- end")]
    [DataRow("SELECT '\n\n';\n\nB;\n", "SELECT '\n\n';|B;")]
    [DataRow("A;\n\n-- b\n-- outside a transaction\nB;\n\nC;\n", "A;|outside -- b\nB;|C;")]
    [DataRow("/* a */ -- outside a transaction\nA;\n", "outside /* a */ A;")]
    [DataRow("-- only a comment\n", "")]
    public void A_body_is_read_as_the_commands_that_are_written_as_it(string body, string commands)
    {
        var read = SqlBody.Read(body, SqlDialect.PostgreSql);

        Assert.AreEqual(commands, string.Join("|", read.Select(command => (command.OutsideTransaction ? "outside " : "") + command.Text)));
        Assert.AreEqual(commands.Length == 0 ? "" : body, SqlBody.Write(read, SqlDialect.PostgreSql));
    }

    [TestMethod]
    [DataRow("A;\n-- outside a transaction\nB;\nC;\n", "A;\n\n-- outside a transaction\nB;\n\nC;\n")]
    [DataRow("-- outside a transaction\n-- b\nB; -- c\n", "-- b\n-- outside a transaction\nB;\n")]
    public void Statements_outside_a_transaction_may_get_another_layout(string body, string written) =>
        Assert.AreEqual(written, SqlBody.Write(SqlBody.Read(body, SqlDialect.PostgreSql), SqlDialect.PostgreSql));

    [TestMethod]
    public void A_mark_after_the_last_statement_doesnt_apply_to_the_next_command()
    {
        var body = Write("SELECT 1;\n-- outside a transaction", "SELECT 2");

        Assert.DoesNotContain(statement => statement.OutsideTransaction, SqlScript.Parse(body, SqlDialect.PostgreSql));
    }

    [TestMethod]
    [DataRow("SELECT\r\n1\r;", "SELECT\n1\n;\n")]
    [DataRow("SELECT 1 -- one\r\n, 2 /* a\r\nb\rc */", "SELECT 1 -- one\n, 2 /* a\nb\nc */;\n")]
    [DataRow("DO $$\r\nBEGIN\r\nEND\r\n$$", "DO $$\nBEGIN\nEND\n$$;\n")]
    [DataRow("SELECT 'a'\r\n'b', E'c'\r\n'd'", "SELECT 'a'\n'b', E'c'\n'd';\n")]
    public void Line_ends_are_normalized(string command, string body) => Assert.AreEqual(body, Write(command));

    [TestMethod]
    [DataRow("SELECT 1;\n-- a\u202Eb\nSELECT 2",
        SqlDialect.PostgreSql, "line 2 of the command, \"-- a\\u202Eb\": it contains U+202E, a bidirectional control")]
    [DataRow("SELECT \u200Bx", SqlDialect.Sqlite, "line 1 of the command, \"SELECT \\u200Bx\": it contains U+200B, an invisible character")]
    [DataRow("SELECT $$\a$$", SqlDialect.PostgreSql, "it contains U+0007, a control character")]
    [DataRow("SELECT\f1", SqlDialect.PostgreSql, "it contains U+000C, a control character")]
    [DataRow("SELECT 'a\rb'",
        SqlDialect.Other, "it contains U+000D, a control character", DisplayName = "No escape is known to hold in every database")]
    public void A_body_that_a_reviewer_cant_see_whole_isnt_written(string command, SqlDialect dialect, string why)
    {
        var failure = Assert.ThrowsExactly<FormatException>(
            () => SqlBody.Write([new SqlCommandText(command, OutsideTransaction: false)], dialect));

        Assert.Contains(why + ", which a reviewer can't see. Remove it, or write it as an escape in a literal", failure.Message);
    }

    private static string Write(params string[] commands) =>
        SqlBody.Write(commands.Select(command => new SqlCommandText(command, OutsideTransaction: false)), SqlDialect.PostgreSql);
}
