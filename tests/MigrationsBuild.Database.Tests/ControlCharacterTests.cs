using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Control characters in literals are written as escapes, and the databases read the original characters.</summary>
[TestClass]
public class ControlCharacterTests
{
    private const string Id = "20260101000000_A";

    /// <summary>All that are escaped, around what an escape could be taken for.</summary>
    private static readonly string _text =
        string.Concat(Enumerable.Range(1, 0x9F).Select(c => (char)c).Where(c => c != '\n' && char.IsControl(c))) + "\\r\\u0041";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void The_runner_inserts_the_value_of_the_literal(SqlDialect dialect)
    {
        using var set = new MigrationSet(dialect);
        set.Add(Id, Body(dialect), null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { _text }, set.Query("SELECT DISTINCT v FROM t").ToArray());
    }

    [TestMethod]
    public void So_does_psql()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Add(Id, Body(SqlDialect.PostgreSql), null).Execute("SELECT 1");

        var psql = set.Server.Psql("psql", set.Database, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", set.Folder[Id + ".sql"]]);

        Assert.AreEqual(0, psql.ExitCode, psql.ToString());
        CollectionAssert.AreEqual(new[] { _text }, set.Query("SELECT DISTINCT v FROM t").ToArray());
    }

    [TestMethod]
    public void A_blank_that_isnt_ASCII_is_a_letter_of_a_name()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        set.Add(Id, "CREATE TABLE t AS SELECT $\u00a0$a; b$\u00a0$ AS v\u2003;\n", null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { "a; b" }, set.Query("SELECT v\u2003 FROM t").ToArray());
    }

    private static string Body(SqlDialect dialect)
    {
        var literal = SqlText.Literal(_text);
        var doubled = literal.Replace("\\", "\\\\", StringComparison.Ordinal);
        string[] literals = dialect == SqlDialect.Sqlite ? [literal] : [literal, "N" + literal, "E" + doubled, "U&" + doubled];
        var inserts = literals.Select(value => $"INSERT INTO t VALUES ({value});\n");
        return SqlBody.Write(
            [new SqlCommandText("CREATE TABLE t (v text);\n" + string.Concat(inserts), OutsideTransaction: false)], dialect);
    }
}
