using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqlFileTests
{
    private static readonly SqlFile _file = SqlFile.Generated(
        "20260101000000_A", "up", "App.ShopContext", "EF Core 10", new string('c', 64), "Down() throws", "SELECT 'ä';\n\nSELECT 2;\n");

    [TestMethod]
    public void A_file_reads_as_it_was_written()
    {
        var read = SqlFile.Parse(_file.ToText(), SqlDialect.PostgreSql)!;

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
        Assert.IsNull(
            SqlFile.Parse((_file with { Direction = "down", Irreversible = null }).ToText(), SqlDialect.PostgreSql)!.Irreversible);

    [TestMethod]
    [DataRow(null)]
    [DataRow("dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd")]
    public void A_draft_says_what_it_was_drafted_from(string? hash) =>
        Assert.AreEqual(hash, SqlFile.Parse((_file with { DraftHash = hash }).ToText(), SqlDialect.PostgreSql)!.DraftHash);

    [TestMethod]
    public void A_reason_of_several_lines_is_one_line_in_the_header() =>
        Assert.AreEqual(
            "it throws: no -- way",
            SqlFile.Parse((_file with { Irreversible = "it throws:\r\n  no\n-- way\n" }).ToText(), SqlDialect.PostgreSql)!.Irreversible);

    [TestMethod]
    public void The_body_begins_at_its_offset()
    {
        var text = _file.ToText();

        Assert.AreEqual(_file.Body, text[SqlFile.Parse(text, SqlDialect.PostgreSql)!.BodyOffset..]);
    }

    [TestMethod]
    [DataRow("SELECT 2", "SELECT 3")]
    [DataRow("SELECT 2;\n", "SELECT 2;\n-- x\n")]
    [DataRow("\n\nSELECT 'ä'", "\n\n\nSELECT 'ä'")]
    public void An_edit_of_the_body_shows(string old, string @new)
    {
        var edited = SqlFile.Parse(_file.ToText().Replace(old, @new, StringComparison.Ordinal), SqlDialect.PostgreSql)!;

        Assert.IsFalse(edited.IsAsGenerated);
        Assert.AreEqual(_file.BodyHash, edited.GeneratedHash);
        Assert.AreEqual(SqlFile.HashOf(edited.Body), edited.BodyHash);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("SELECT 1;\n")]
    [DataRow("-- MigrationsBuild SQL 12\n\nSELECT 1;")]
    [DataRow(" -- MigrationsBuild SQL 1\n\nSELECT 1;")]
    public void Without_the_first_line_of_our_header_it_is_an_unrelated_file(string text) =>
        Assert.IsNull(SqlFile.Parse(text, SqlDialect.PostgreSql));

    [TestMethod]
    [DataRow("-- MigrationsBuild SQL 1", 1, "its line \"-- Migration: …\" is missing")]
    [DataRow("-- MigrationsBuild SQL 1\n", 2, "its line \"-- Migration: …\" is missing")]
    [DataRow("-- MigrationsBuild SQL 1\n-- Migration: A\n\nSELECT 1;\n", 3, "its line \"-- Direction: …\" is missing")]
    [DataRow("-- MigrationsBuild SQL 1\rCREATE TABLE smuggled();\n\nSELECT 1;\n", 1, "its first line isn't \"-- MigrationsBuild SQL 1\"")]
    [DataRow("-- MigrationsBuild SQL 1 \n\nSELECT 1;\n", 1, "its first line isn't \"-- MigrationsBuild SQL 1\"")]
    public void A_file_that_breaks_off_or_begins_otherwise_is_ours_and_has_a_flaw(string text, int line, string why) =>
        IsFlawed(text, line, why);

    [TestMethod]
    [DataRow("-- Context:", "CREATE TABLE smuggled();\n-- Context:", 4, "this line doesn't belong to a header")]
    [DataRow("-- Context:", "-- Remark: fine\n-- Context:", 4, "this line doesn't belong to a header")]
    [DataRow("-- Context:", "-- no colon\n-- Context:", 4, "this line doesn't belong to a header")]
    [DataRow("-- Context:", "--Context:", 4, "this line doesn't belong to a header")]
    [DataRow("-- Context:", "-- context:", 4, "this line doesn't belong to a header")]
    [DataRow("-- Direction: up\n", "-- Direction: up\n-- Direction: up\n", 4, "the line \"Direction\" is out of order, or there twice")]
    [DataRow("-- Direction: up\n-- Context: App.ShopContext\n",
        "-- Context: App.ShopContext\n-- Direction: up\n", 4, "the line \"Direction\" is out of order, or there twice")]
    [DataRow("-- Migration: 20260101000000_A", "-- Migration: ../A", 2, "\"Migration\" isn't the id of a migration")]
    [DataRow("-- Direction: up", "-- Direction: UP", 3, "\"Direction\" isn't up or down")]
    [DataRow("-- Direction: up", "-- Direction: down", 8, "only an up file says why it can't be reverted")]
    [DataRow("-- Context: App.ShopContext", "-- Context: ", 4, "\"Context\" isn't the full name of a DbContext")]
    [DataRow("-- Context: App.ShopContext", "-- Context: App.ShopContext ", 4, "\"Context\" isn't the full name of a DbContext")]
    [DataRow("EF Core 10", "EF Core 10\rDROP TABLE t;--", 5, "\"Generator\" isn't text on one line")]
    [DataRow("EF Core 10", "EF \u202ECore 10", 5, "\"Generator\" isn't text on one line")]
    [DataRow("EF Core 10", "EF  Core 10", 5, "\"Generator\" isn't text on one line")]
    [DataRow("-- Source: c", "-- Source: C", 7, "\"Source\" isn't a hash of 64 hexadecimal digits")]
    [DataRow("-- Irreversible:", "-- Draft: yes\n-- Irreversible:", 8, "\"Draft\" isn't a hash of 64 hexadecimal digits")]
    [DataRow("-- Irreversible: Down() throws\n\n", "-- Irreversible: Down() throws\n", 9, "this line doesn't belong to a header")]
    public void A_header_that_we_wouldnt_write_has_a_flaw_at_its_line(string old, string @new, int line, string why) =>
        IsFlawed(_file.ToText().Replace(old, @new, StringComparison.Ordinal), line, why);

    [TestMethod]
    public void Every_header_without_a_flaw_is_written_again_to_the_letter()
    {
        var random = new Random(1);
        string[] pieces = ["", "-- Draft: " + new string('d', 64), "-- Body:", " ", "\r", "-- Direction: down", "\u200B"];
        pieces = [.. pieces, .. _file.ToText().Split('\n').Take(9)];
        var sound = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var lines = _file.ToText().Split('\n').ToList();
            for (var edits = random.Next(3); edits > 0; edits--)
            {
                var piece = pieces[random.Next(pieces.Length)];
                lines[random.Next(lines.Count)] = random.Next(2) == 0 ? piece : lines[random.Next(lines.Count)] + piece;
            }

            var text = string.Join('\n', lines);
            if (SqlFile.Parse(text, SqlDialect.PostgreSql) is not { Flaw: null } file)
                continue;

            Assert.AreEqual(text, file.ToText());
            sound++;
        }

        Assert.IsGreaterThan(1_000, sound);
    }

    [TestMethod]
    public void What_cant_be_seen_in_a_text_of_ours_is_written_as_an_escape() =>
        Assert.Contains("-- Irreversible: a b\\u001B[2J\\u202Ec\n", (_file with { Irreversible = "a\rb\u001B[2J\u202Ec" }).ToText());

    [TestMethod]
    [DataRow("\r\n", "")]
    [DataRow("\n", "\uFEFF")]
    [DataRow("\r\n", "\uFEFF")]
    public void Line_ends_and_byte_order_mark_are_no_edit(string lineEnd, string byteOrderMark)
    {
        using var folder = new TestFolder();
        folder.Write("a.sql", byteOrderMark + _file.ToText().Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.IsTrue(SqlFile.Read(folder["a.sql"], SqlDialect.PostgreSql)!.IsAsGenerated);
    }

    private static void IsFlawed(string text, int line, string why)
    {
        var file = SqlFile.Parse(text, SqlDialect.PostgreSql)!;

        Assert.IsFalse(file.IsAsGenerated);
        Assert.AreEqual(why, file.Flaw!.Why);
        Assert.AreEqual(line, Location.At("", text, file.Flaw.Offset).Line);
    }

    private static (string, string, string, string, string, string?, string, string) Fields(SqlFile file) =>
        (file.Migration, file.Direction, file.Context, file.Generator, file.SourceHash, file.Irreversible, file.GeneratedHash, file.Body);
}
