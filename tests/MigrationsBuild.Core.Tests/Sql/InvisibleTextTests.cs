using System.Globalization;
using MigrationsBuild.Sql;
using MigrationsBuild.Text;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>Characters that a reviewer can't see are refused where they could hide code.</summary>
[TestClass]
public class InvisibleTextTests
{
    private static readonly SqlDialect[] _dialects = [SqlDialect.Other, SqlDialect.PostgreSql, SqlDialect.Sqlite];

    [TestMethod]
    public void A_control_character_is_found_everywhere()
    {
        foreach (var c in Enumerable.Range(0, 0xA0).Where(c => c is < 0x20 and not ('\n' or '\t') or >= 0x7F))
        {
            foreach (var before in new[] { "", "-- a", "/* a", "SELECT 'a", "SELECT \"a", "SELECT $$a", "DO $$a" })
                IsFound(before.Length, c, $"{before}{(char)c}' \" $$ */\n");
        }
    }

    [TestMethod]
    public void Line_ends_tabs_and_letters_of_any_script_are_none() =>
        IsSound("-- Größe, 日本語, Ελληνικά, עברית, ไทย, 😀, e\u0301\nSELECT\t'…', 1\n");

    [TestMethod]
    public void What_Unicode_calls_a_format_character_or_a_separator_of_lines_is_invisible()
    {
        var categories = new[] { UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator };
        foreach (var c in CodePoints().Where(c => categories.Contains(CharUnicodeInfo.GetUnicodeCategory(c))))
            IsFound(4, c, $"-- a{char.ConvertFromUtf32(c)}");
    }

    [TestMethod]
    [DataRow(0x034F, DisplayName = "Combining grapheme joiner")]
    [DataRow(0x115F, DisplayName = "Hangul filler")]
    [DataRow(0x3164, DisplayName = "Hangul filler of compatibility")]
    [DataRow(0xFFA0, DisplayName = "Hangul filler of half width")]
    [DataRow(0x180B, DisplayName = "Mongolian variation selector")]
    [DataRow(0xFE0F, DisplayName = "Variation selector")]
    [DataRow(0xE0100, DisplayName = "Variation selector of plane 14")]
    [DataRow(0xE0041, DisplayName = "Tag character")]
    [DataRow(0x2065, DisplayName = "Unassigned, to be ignored")]
    [DataRow(0x2800, DisplayName = "Blank Braille pattern")]
    public void So_is_what_has_no_glyph_though_it_is_called_something_else(int c)
    {
        IsFound(8, c, $"SELECT a{char.ConvertFromUtf32(c)} FROM t;");
        IsFound(9, c, $"SELECT \"a{char.ConvertFromUtf32(c)}\" FROM t;");
        IsSound($"SELECT 'a{char.ConvertFromUtf32(c)}' FROM t;");
    }

    [TestMethod]
    public void No_letter_digit_mark_of_a_letter_or_space_is_invisible()
    {
        UnicodeCategory[] visible =
            [UnicodeCategory.UppercaseLetter,
                UnicodeCategory.LowercaseLetter, UnicodeCategory.DecimalDigitNumber, UnicodeCategory.SpaceSeparator];
        foreach (var c in CodePoints().Where(c => visible.Contains(CharUnicodeInfo.GetUnicodeCategory(c))))
            Assert.IsNull(InvisibleText.Find(char.ConvertFromUtf32(c)), c.ToString("X4", CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [DataRow("'a\u202Eb'", 2, DisplayName = "Override")]
    [DataRow("'a\u2066b\n\u2069'", 2, DisplayName = "Closed in the next line")]
    [DataRow("'a\u202Ab\u2069'", 2, DisplayName = "Closed as an isolate")]
    [DataRow("'a\u2067b\u202C'", 2, DisplayName = "Closed as an embedding")]
    [DataRow("'a\u2066\u202Eb\u202C'", 2, DisplayName = "Only the inner one closed")]
    [DataRow("'\u2066a\u2069\u202Eb'", 4, DisplayName = "The second one")]
    public void A_bidirectional_control_that_a_literal_leaves_open_is_found(string literal, int offset)
    {
        foreach (var dialect in _dialects)
            Assert.AreEqual(7 + offset, InvisibleSql.Find($"SELECT {literal};", dialect)?.Offset, dialect.ToString());
    }

    [TestMethod]
    [DataRow("'a\u202Eb\u202C'")]
    [DataRow("'\u2066\u202Eb\u2069'", DisplayName = "An isolate closes what is open in it")]
    [DataRow("'\u2066a\u2069\n\u2067b\u2069'")]
    [DataRow("'\u200Fשלום\u200E, \U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F'", DisplayName = "Marks and joiners are data")]
    [DataRow("'a\u202C\u2069'", DisplayName = "Nothing to close")]
    public void One_that_is_closed_is_data(string literal) => IsSound($"SELECT {literal};");

    [TestMethod]
    [DataRow("E'a' -- b\u200B\n'c'", 9)]
    [DataRow("'a'\n--\u202E\u202C\n'c'", 6)]
    public void Between_the_parts_of_a_literal_there_is_code(string literal, int offset) =>
        Assert.AreEqual(offset, InvisibleSql.Find(literal, SqlDialect.PostgreSql)?.Offset);

    [TestMethod]
    [DataRow("DO $$ BEGIN \u200B END $$;", 12)]
    [DataRow("SELECT 1; do language plpgsql $x$ --\u200B\n$x$;", 36)]
    [DataRow("CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1 /* \u2066\u2069 */ $$;", 61)]
    [DataRow("CREATE PROCEDURE p() AS $f$ SELECT $$a$$, \u00AD $f$;", 42)]
    public void The_body_of_a_function_or_a_block_is_code(string statement, int offset) =>
        Assert.AreEqual(offset, InvisibleSql.Find(statement, SqlDialect.PostgreSql)?.Offset);

    [TestMethod]
    [DataRow("DO $$ BEGIN PERFORM 'a\u200Bb'; END $$;")]
    [DataRow("INSERT INTO t VALUES ($$it's \u2764\uFE0F$$);")]
    [DataRow("DO $$ $$; SELECT $$a\u200B$$;")]
    public void Data_in_dollars_and_literals_in_code_are_data(string statement) =>
        Assert.IsNull(InvisibleSql.Find(statement, SqlDialect.PostgreSql));

    [TestMethod]
    public void Half_a_surrogate_pair_is_no_text()
    {
        IsFound(8, 0xD83D, "SELECT '\uD83D'");
        IsFound(8, 0xDE00, "SELECT '\uDE00'");
    }

    [TestMethod]
    public void It_has_a_name()
    {
        Assert.AreEqual("U+000D, a control character", InvisibleText.Find("\r")!.ToString());
        Assert.AreEqual("U+202E, a bidirectional control", InvisibleText.Find("\u202E")!.ToString());
        Assert.AreEqual("U+E0041, an invisible character", InvisibleText.Find("\U000E0041")!.ToString());
        Assert.AreEqual("U+D83D, half of a surrogate pair", InvisibleText.Find("\uD83D")!.ToString());
    }

    [TestMethod]
    [DataRow("plain ä 😀", "plain ä 😀")]
    [DataRow("a\rb\u202Ec\U000E0041d", @"a\u000Db\u202Ec\U000E0041d")]
    public void An_escape_can_be_seen(string text, string escaped)
    {
        Assert.AreEqual(escaped, InvisibleText.Escape(text));
        Assert.AreEqual(escaped, InvisibleText.Escape(escaped));
    }

    private static IEnumerable<int> CodePoints() => Enumerable.Range(0, 0x110000).Where(c => c is not (>= 0xD800 and <= 0xDFFF));

    private static void IsFound(int offset, int codePoint, string text)
    {
        foreach (var dialect in _dialects)
            Assert.AreEqual(new InvisibleCharacter(offset, codePoint), InvisibleSql.Find(text, dialect), $"{dialect}: {text}");
    }

    private static void IsSound(string text)
    {
        foreach (var dialect in _dialects)
            Assert.IsNull(InvisibleSql.Find(text, dialect), dialect.ToString());
    }
}
