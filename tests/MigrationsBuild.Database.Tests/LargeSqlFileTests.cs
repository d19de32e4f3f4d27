using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Very large SQL files.</summary>
[TestClass]
public class LargeSqlFileTests
{
    private const int Size = 50_000_000;

    [TestMethod]
    public void Fifty_megabytes_of_statements_are_one_transaction()
    {
        var sql = new StringBuilder("CREATE TABLE a (id integer, t text);\n", Size + 1000);
        var filler = new string('x', 5_000);
        var count = 0;
        while (sql.Length < Size)
            sql.Append("INSERT INTO a VALUES (").Append(++count).Append(", '").Append(filler).Append("');\n");
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add("20260101000000_A", sql + "SELECT nothing;\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed);
        Assert.IsEmpty(set.Tables);
        Assert.AreEqual(File.ReadLines(set.Folder["20260101000000_A.sql"]).Count(), error.Location!.Line);

        set.Add("20260101000000_A", sql.ToString(), null);
        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { $"{count}|{count * 5_000L}" }, set.Query("SELECT count(*), sum(length(t)) FROM a").ToArray());
    }

    [TestMethod]
    public void One_statement_may_be_as_large()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add("20260101000000_A", $"CREATE TABLE a AS SELECT '{new string('é', Size / 2)}'::text AS t;\n", null);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { $"{Size / 2}" }, set.Query("SELECT length(t) FROM a").ToArray());
    }
}
