using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class PostgreSqlLexerTests
{
    [TestMethod]
    [DataRow("'a;b'", "Literal 'a;b'")]
    [DataRow("'it''s'", "Literal 'it''s'")]
    [DataRow("''", "Literal ''")]
    [DataRow("'a\nb'", "Literal 'a\nb'")]
    [DataRow(@"'\';", @"Literal '\' | Symbol ;", DisplayName = "A backslash is no escape")]
    [DataRow("'a' 'b'", "Literal 'a' | Literal 'b'")]
    public void Literals_end_at_a_single_quote(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow(@"E'\';'", @"EscapeLiteral E'\';'")]
    [DataRow(@"e'\\';", @"EscapeLiteral e'\\' | Symbol ;")]
    [DataRow(@"E'''\'''';", @"EscapeLiteral E'''\'''' | Symbol ;")]
    [DataRow(@"fooE'\'", @"Word fooE | Literal '\'", DisplayName = "Only a word of its own is a prefix")]
    public void Backslashes_escape_in_E_literals(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("N'a'", "Literal N'a'")]
    [DataRow("b'01'", "Literal b'01'")]
    [DataRow("X'1F'", "Literal X'1F'")]
    [DataRow(@"U&'d\0061;'", @"Literal U&'d\0061;'")]
    [DataRow("AU&'a'", "Word AU | Symbol & | Literal 'a'")]
    [DataRow("DATE'2026-01-01'", "Word DATE | Literal '2026-01-01'")]
    public void A_prefix_belongs_to_its_literal(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("'a'\n'b;'")]
    [DataRow("'a'\r'b;'")]
    [DataRow("'a' \t\r\n\n  'b;'")]
    [DataRow("'a' -- it's;\n-- more\n'b;'")]
    [DataRow("U&'a'\n'b;'")]
    [DataRow("N'a'\n'b'\n'c'")]
    public void A_literal_continues_after_a_line_end(string text) => AreEqual("Literal " + text, text);

    [TestMethod]
    [DataRow("'a' -- 'b'")]
    [DataRow("'a' /* c */\n'b'")]
    [DataRow("'a'\n- 'b'")]
    [DataRow("'a'\nE'b'")]
    [DataRow("'a'\n")]
    public void A_literal_ends_where_nothing_of_it_follows(string text) =>
        Assert.StartsWith("Literal 'a'", TokenList.Of(text, SqlDialect.PostgreSql) + " |");

    [TestMethod]
    public void Backslashes_escape_in_each_part_of_an_E_literal() =>
        AreEqual(@"EscapeLiteral E'\'' -- ' " + "\n" + @"'\';' | Symbol ;", @"E'\'' -- ' " + "\n" + @"'\';';");

    [TestMethod]
    [DataRow("$$a;'$$", "DollarLiteral $$a;'$$")]
    [DataRow("$t$a$$;$T$;$u$t$;", "DollarLiteral $t$a$$;$T$;$u$t$ | Symbol ;")]
    [DataRow("$a$b$a$$", "DollarLiteral $a$b$a$ | Symbol $")]
    [DataRow("$Größe_1$;$Größe_1$", "DollarLiteral $Größe_1$;$Größe_1$")]
    [DataRow("$\u00a0$;$\u00a0$", "DollarLiteral $\u00a0$;$\u00a0$", DisplayName = "A blank that isn't ASCII is a letter")]
    [DataRow("a$b$c", "Word a$b$c")]
    [DataRow("$1$;$1$", "Symbol $ | Word 1$ | Symbol ; | Symbol $ | Word 1$")]
    public void Dollar_quotes_end_at_their_own_tag(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("/*;/*;*/;*/;", "BlockComment /*;/*;*/;*/ | Symbol ;")]
    [DataRow("/**/;", "BlockComment /**/ | Symbol ;")]
    [DataRow("/*/;*/", "BlockComment /*/;*/")]
    [DataRow("a--;'\nb", "Word a | LineComment --;' | Word b")]
    [DataRow("a--;\rb", "Word a | LineComment --; | Word b")]
    [DataRow("1 */**/ 2", "Word 1 | Symbol * | BlockComment /**/ | Word 2")]
    public void Comments_nest_and_lines_end(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("\"a;b\"", "QuotedName \"a;b\"")]
    [DataRow("\"a\"\"b\".\"c\"", "QuotedName \"a\"\"b\" | Symbol . | QuotedName \"c\"")]
    [DataRow("[a;", "Symbol [ | Word a | Symbol ;")]
    [DataRow("`a", "Symbol ` | Word a")]
    public void Names_are_quoted_in_double_quotes_only(string text, string pieces) => AreEqual(pieces, text);

    [TestMethod]
    [DataRow("'a''")]
    [DataRow(@"E'a\'")]
    [DataRow(@"E'a\")]
    [DataRow("'a'\n'b")]
    [DataRow("\"a")]
    [DataRow("$a$b$A$")]
    [DataRow("/* /* */")]
    public void What_the_end_cuts_off_is_unterminated(string text) => AreEqual("Unterminated " + text, text);

    private static void AreEqual(string pieces, string text) => Assert.AreEqual(pieces, TokenList.Of(text, SqlDialect.PostgreSql));
}
