using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class SqliteLexerTests
{
    [TestMethod]
    [DataRow("[a;'b]", "QuotedName [a;'b]")]
    [DataRow("[a]];", "QuotedName [a] | Symbol ] | Symbol ;", DisplayName = "A bracket can't be quoted")]
    [DataRow("`a;``b`", "QuotedName `a;``b`")]
    [DataRow("\"a;\"\"b\"", "QuotedName \"a;\"\"b\"")]
    public void Names_are_quoted_in_three_ways(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("'it''s;'", "Literal 'it''s;'")]
    [DataRow("'a'\n'b'", "Literal 'a' | Literal 'b'")]
    [DataRow(@"E'\';", @"Word E | Literal '\' | Symbol ;")]
    [DataRow("$$;", "Symbol $ | Symbol $ | Symbol ;")]
    public void Literals_have_no_escapes_and_dont_go_on(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("/* /* */ */", "BlockComment /* /* */ | Symbol * | Symbol /")]
    [DataRow("-- a;\nb", "LineComment -- a; | Word b")]
    [DataRow("-- a\r;b\r\nc", "LineComment -- a\r;b\r | Word c", DisplayName = "Only a line feed ends a line")]
    public void Comments_dont_nest(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("[a")]
    [DataRow("`a``")]
    [DataRow("'a")]
    [DataRow("/* a")]
    public void What_the_end_cuts_off_is_unterminated(string text) => AreEqual("Unterminated " + text, text);

    [TestMethod]
    public void A_bracket_twice_is_one_in_SQL_Servers_names() =>
        Assert.AreEqual("QuotedName [it]]'s;] | Symbol ;", TokenList.Of("[it]]'s;];", SqlDialect.Other));

    private static void AreEqual(string pieces, string text) => Assert.AreEqual(pieces, TokenList.Of(text, SqlDialect.Sqlite));
}
