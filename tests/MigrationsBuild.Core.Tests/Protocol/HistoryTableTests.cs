using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class HistoryTableTests
{
    private static readonly HistoryTable _history = new("my \"shop\"", "History", "Id", "Version", "");

    [TestMethod]
    public void A_row_comes_and_goes_with_names_and_values_quoted()
    {
        Assert.AreEqual(
            "INSERT INTO \"my \"\"shop\"\"\".\"History\" (\"Id\", \"Version\") VALUES ('1_It''s', '10.0.0')",
            _history.Insert("1_It's", "10.0.0"));
        Assert.AreEqual("DELETE FROM \"my \"\"shop\"\"\".\"History\" WHERE \"Id\" = '1_It''s'", _history.Delete("1_It's"));
    }

    [TestMethod]
    public void A_provider_that_no_runner_knows_writes_its_rows_itself()
    {
        var form = new ScriptForm(
            "BEGIN TRANSACTION;",
            "COMMIT;",
            "GO",
            "INSERT INTO [H] VALUES (N'{id}', N'{version}');",
            "DELETE FROM [H] WHERE [Id] = N'{id}';");
        var history = _history with { Form = form };

        var read = new MessageLine("manifest").WithRecord(history).ReadRecord<HistoryTable>();

        Assert.AreEqual(history, read);
        Assert.AreEqual("INSERT INTO [H] VALUES (N'1_It''s', N'10.0.0');", read.Insert("1_It's", "10.0.0"));
        Assert.AreEqual("DELETE FROM [H] WHERE [Id] = N'1_It''s';", read.Delete("1_It's"));
    }

    [TestMethod]
    public void A_table_beside_it_is_in_its_schema()
    {
        Assert.AreEqual("\"my \"\"shop\"\"\".\"Journal\"", _history.Beside("Journal"));
        Assert.AreEqual("\"Journal\"", (_history with { Schema = null }).Beside("Journal"));
    }

    [TestMethod]
    [DataRow(null, "NULL")]
    [DataRow("", "''")]
    [DataRow("it''s", "'it''''s'")]
    public void A_value_is_a_literal_or_NULL(string? value, string literal) => Assert.AreEqual(literal, SqlText.Literal(value));
}
