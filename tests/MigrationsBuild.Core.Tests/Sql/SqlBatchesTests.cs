using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlBatchesTests
{
    [TestMethod]
    [DataRow("A; B\nGO\nC\ngo\n\n", "A; B|C", DisplayName = "GO ends a batch, a semicolon doesn't")]
    [DataRow("A\r\n  GO \r\nB", "A|B")]
    [DataRow("A\nGO 2\nB", "A|A|B")]
    [DataRow("A\nGO 0\nB", "B")]
    [DataRow("GO\n\nGO\nA", "A")]
    [DataRow("SELECT 'x\nGO\ny'\nGO\nB", "SELECT 'x\nGO\ny'|B", DisplayName = "Not in a literal")]
    [DataRow("/*\nGO\n*/ A\nGO\nB", "/*\nGO\n*/ A|B", DisplayName = "Not in a comment")]
    [DataRow("A AS GO\nGOTO x\nGO TO", "A AS GO\nGOTO x\nGO TO")]
    [DataRow("-- first\nA -- last\nGO\n-- nothing\n", "-- first\nA -- last", DisplayName = "Comments are a part of what is sent")]
    public void A_terminator_alone_on_its_line_ends_a_batch(string text, string batches) =>
        Assert.AreEqual(batches, string.Join("|", SqlBatches.Cut(text, "GO").Select(batch => batch.Text)));

    [TestMethod]
    public void Without_a_terminator_statements_are_cut() =>
        CollectionAssert.AreEqual(new[] { "A", "B" }, SqlBatches.Cut("A; B;", "").Select(statement => statement.Text).ToArray());

    [TestMethod]
    public void Each_command_is_a_batch_and_keeps_its_semicolons_and_blocks()
    {
        var body = SqlBody.Write(
            [
                new("CREATE VIEW [V] AS SELECT 1", false),
                new("BEGIN TRY\r\nDELETE FROM [A];\r\nEND TRY -- one", false),
                new("VACUUM;", true),
            ],
            SqlDialect.Other,
            "GO");

        Assert.AreEqual(
            "CREATE VIEW [V] AS SELECT 1\nGO\n\nBEGIN TRY\nDELETE FROM [A];\nEND TRY -- one\nGO\n\n-- outside a transaction\nVACUUM;\nGO\n",
            body);
        CollectionAssert.AreEqual(
            new[] { false, false, true }, SqlBatches.Cut(body, "GO").Select(batch => batch.OutsideTransaction).ToArray());
    }

    [TestMethod]
    public void A_literal_that_isnt_closed_is_refused() =>
        Assert.ThrowsExactly<FormatException>(() => SqlBody.Write([new("SELECT 'a", false)], SqlDialect.Other, "GO"));

    [TestMethod]
    public void A_block_of_a_database_that_we_dont_know_isnt_refused() =>
        Assert.AreEqual(
            "CREATE TRIGGER t BEGIN SET @a = 1; END;\n",
            SqlBody.Write([new("CREATE TRIGGER t BEGIN SET @a = 1; END", false)], SqlDialect.Other));
}
