using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests;

[TestClass]
public class SqlScriptTests
{
    [TestMethod]
    [DataRow("SELECT 1; SELECT 2", 2)]
    [DataRow("SELECT 'a;b'; SELECT 2;", 2)]
    [DataRow("-- nothing; at all\n", 0)]
    public void Statements_end_at_semicolons_outside_of_literals_and_comments(string text, int count) =>
        Assert.HasCount(count, SqlScript.Parse(text, SqlDialect.PostgreSql));
}
