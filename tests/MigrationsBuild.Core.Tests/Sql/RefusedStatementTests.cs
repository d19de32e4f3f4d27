using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class RefusedStatementTests
{
    [TestMethod]
    [DataRow("BEGIN", "BEGIN would end the transaction")]
    [DataRow("commit", "COMMIT would end the transaction")]
    [DataRow("END", "END would end the transaction")]
    [DataRow("ABORT", "ABORT would end the transaction")]
    [DataRow("START TRANSACTION", "START TRANSACTION would end")]
    [DataRow("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION would end")]
    [DataRow("ROLLBACK", "would undo what the migration has done")]
    [DataRow("COPY t (a) FROM STDIN", "needs data that only psql sends")]
    [DataRow("copy (SELECT a FROM t) to stdout", "rows that only psql receives")]
    [DataRow(@"\i other.sql", "work only in psql")]
    [DataRow(@"SELECT (1, \x)", "work only in psql")]
    [DataRow("SELECT 'a\0b'", "it contains a NUL character")]
    [DataRow("SELECT 'a", "the text ends inside 'a")]
    [DataRow("SELECT $body$ a long text that nobody ends", "the text ends inside $body$ a long text t…")]
    [DataRow("CREATE TABLE a (b int; SELECT 1", "a parenthesis is never closed")]
    [DataRow("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;", "its BEGIN has no END")]
    public void What_no_runner_copes_with_has_a_flaw(string statement, string flaw) =>
        Assert.Contains(flaw, SqlScript.Parse(statement, SqlDialect.PostgreSql).Single().Flaw!);

    [TestMethod]
    [DataRow("ROLLBACK TO SAVEPOINT a")]
    [DataRow("PREPARE p AS SELECT 1")]
    [DataRow("COPY t FROM 't.csv'")]
    [DataRow("COPY stdin TO '/tmp/stdout'")]
    [DataRow("SELECT 'COMMIT', \"BEGIN\" -- ROLLBACK")]
    [DataRow(@"SELECT '\i', E'\\', $$\i$$ /* \i */")]
    [DataRow("COMMENT ON TABLE a IS 'BEGIN'")]
    public void What_only_looks_like_it_has_none(string statement) =>
        Assert.IsNull(SqlScript.Parse(statement, SqlDialect.PostgreSql).Single().Flaw);

    [TestMethod]
    public void A_flaw_is_its_own_statements() =>
        CollectionAssert.AreEqual(
            new[] { true, false, true },
            SqlScript.Parse(@"\x; SELECT 1; COMMIT", SqlDialect.PostgreSql).Select(statement => statement.Flaw is not null).ToArray());

    [TestMethod]
    public void Psqls_commands_are_not_SQLites() => Assert.IsNull(SqlScript.Parse(@"SELECT \", SqlDialect.Sqlite).Single().Flaw);

    [TestMethod]
    public void A_body_with_a_flaw_isnt_written_and_says_where()
    {
        var failure = Assert.ThrowsExactly<FormatException>(
            () => Write($"SELECT 1;\n\nCOMMIT AND NO CHAIN /* {new string('x', 60)} */ WORK"));

        Assert.AreEqual(
            $"line 3 of the command, \"COMMIT AND NO CHAIN /* {new string('x', 37)}…\": "
            + "COMMIT would end the transaction that the migration runs in",
            failure.Message);
    }

    [TestMethod]
    public void No_database_stores_a_NUL() =>
        Assert.Contains("NUL", Assert.ThrowsExactly<FormatException>(() => Write("SELECT 'a\0'")).Message);

    private static string Write(string command) =>
        SqlBody.Write([new SqlCommandText(command, OutsideTransaction: false)], SqlDialect.PostgreSql);
}
