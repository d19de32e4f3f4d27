using MigrationsBuild.Files;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlFileTests
{
    private static readonly SqlFile _file = SqlFile.Generated("20260101000000_A", "up", "App.ShopContext", "EF Core 10", new string('c', 64), "Down() throws", "SELECT 'ä';\n\nSELECT 2;\n");

    [TestMethod]
    public void A_file_reads_as_it_was_written()
    {
        var read = SqlFile.Parse(_file.ToText())!;

        Assert.AreEqual(Fields(_file), Fields(read));
        Assert.IsTrue(read.IsAsGenerated);
    }

    [TestMethod]
    public void The_header_is_comments_and_an_empty_line()
    {
        var header = _file.ToText()[..^_file.Body.Length];

        Assert.AreEqual(
            $"""
            -- MigrationsBuild SQL 1
            -- Migration: 20260101000000_A
            -- Direction: up
            -- Context: App.ShopContext
            -- Generator: EF Core 10
            -- Body: {ContentHash.OfText(_file.Body)}
            -- Source: {new string('c', 64)}
            -- Irreversible: Down() throws


            """.ReplaceLineEndings("\n"),
            header);
    }

    [TestMethod]
    public void A_down_file_says_nothing_of_reversing() =>
        Assert.IsNull(SqlFile.Parse(SqlFile.Generated("A", "down", "C", "G", "", null, "SELECT 1;\n").ToText())!.Irreversible);

    [TestMethod]
    [DataRow(null)]
    [DataRow("the hash of its C#")]
    public void A_draft_says_what_it_was_drafted_from(string? hash) =>
        Assert.AreEqual(hash, SqlFile.Parse((_file with { DraftHash = hash }).ToText())!.DraftHash);

    [TestMethod]
    public void A_reason_of_several_lines_is_one_line_in_the_header() =>
        Assert.AreEqual("it throws: no -- way", SqlFile.Parse((_file with { Irreversible = "it throws:\r\n  no\n-- way\n" }).ToText())!.Irreversible);

    [TestMethod]
    public void The_body_begins_at_its_offset()
    {
        var text = _file.ToText();

        Assert.AreEqual(_file.Body, text[SqlFile.Parse(text)!.BodyOffset..]);
    }

    [TestMethod]
    [DataRow("SELECT 2", "SELECT 3")]
    [DataRow("SELECT 2;\n", "SELECT 2;\n\n")]
    [DataRow("\n\nSELECT 'ä'", "\n\n\nSELECT 'ä'")]
    public void An_edit_of_the_body_shows(string old, string @new)
    {
        var edited = SqlFile.Parse(_file.ToText().Replace(old, @new, StringComparison.Ordinal))!;

        Assert.IsFalse(edited.IsAsGenerated);
        Assert.AreEqual(_file.BodyHash, edited.GeneratedHash);
        Assert.AreEqual(SqlFile.HashOf(edited.Body), edited.BodyHash);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("SELECT 1;\n")]
    [DataRow("-- MigrationsBuild SQL 1")]
    [DataRow("-- MigrationsBuild SQL 12\n\nSELECT 1;")]
    [DataRow(" -- MigrationsBuild SQL 1\n\nSELECT 1;")]
    [DataRow("-- MigrationsBuild SQL 1\nSELECT 1;\n")]
    [DataRow("-- MigrationsBuild SQL 1\n-- no colon\n\nSELECT 1;\n")]
    [DataRow("-- MigrationsBuild SQL 1\nContext: A\n\nSELECT 1;\n")]
    public void Without_our_header_it_is_somebody_elses(string text) => Assert.IsNull(SqlFile.Parse(text));

    [TestMethod]
    [DataRow("-- MigrationsBuild SQL 1\n")]
    [DataRow("-- MigrationsBuild SQL 1\n-- Migration: A")]
    [DataRow("-- MigrationsBuild SQL 1\n-- Migration: A\n\n")]
    public void A_file_that_breaks_off_is_no_file_as_generated(string text)
    {
        var file = SqlFile.Parse(text)!;

        Assert.AreEqual("", file.Body);
        Assert.IsFalse(file.IsAsGenerated);
    }

    [TestMethod]
    [DataRow("\r\n", "")]
    [DataRow("\n", "\uFEFF")]
    [DataRow("\r\n", "\uFEFF")]
    public void Line_ends_and_byte_order_mark_are_no_edit(string lineEnd, string byteOrderMark)
    {
        using var folder = new TestFolder();
        folder.Write("a.sql", byteOrderMark + _file.ToText().Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.IsTrue(SqlFile.Read(folder["a.sql"])!.IsAsGenerated);
    }

    private static (string, string, string, string, string, string?, string, string) Fields(SqlFile file) =>
        (file.Migration, file.Direction, file.Context, file.Generator, file.SourceHash, file.Irreversible, file.GeneratedHash, file.Body);
}
