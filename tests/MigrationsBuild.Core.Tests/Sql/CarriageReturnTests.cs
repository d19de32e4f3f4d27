using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

/// <summary>A carriage return in a literal is data: git must not change it, so an escape takes its place.</summary>
[TestClass]
public class CarriageReturnTests
{
    [TestMethod]
    [DataRow("'a\rb'", @"E'a\rb'")]
    [DataRow("'a\r\nb'", "E'a\\r\nb'")]
    [DataRow("'\\n''\r'", @"E'\\n''\r'")]
    [DataRow("DATE'a\r'", @"DATE E'a\r'", DisplayName = "A word before it stays a word")]
    [DataRow("\"a\"='\r'", @"""a""=E'\r'")]
    public void In_a_literal(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("E'a\rb'", @"E'a\rb'")]
    [DataRow("e'\\\\\r'", @"E'\\\r'")]
    [DataRow("E'a\\\rb'", @"E'a\rb'", DisplayName = "A backslash before it is no backslash")]
    [DataRow("E'\\'\r'", @"E'''\r'")]
    public void In_a_literal_with_escapes(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("N'a\rb'", @"NCHAR E'a\rb'")]
    [DataRow("n'\\\r'", @"NCHAR E'\\\r'")]
    public void In_a_national_literal(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("U&'\\0061\r'", @"U&'\0061\000D'")]
    [DataRow("u&'\r' UESCAPE '!'", "U&'!000D' UESCAPE '!'")]
    [DataRow("U&'a\r'\n'\r' -- why\n uescape/**/'!'", "U&'a!000D'\n'!000D' -- why\n uescape/**/'!'")]
    [DataRow("U&'\r' || '!'", @"U&'\000D' || '!'")]
    public void In_a_Unicode_literal(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("'a'\n'b\r'", "E'a'\n'b\\r'")]
    [DataRow("'a\r'\r\n'\\b'", "E'a\\r'\n'\\\\b'")]
    [DataRow("'a' -- it's\r\n 'b\r'", "E'a' -- it's\n 'b\\r'")]
    [DataRow("N'a'\r'b\r'", "NCHAR E'a'\n'b\\r'")]
    [DataRow("E'a'\r\n'b\r'", "E'a'\n'b\\r'")]
    [DataRow("E'a'\n'\\'b'", "E'a'\n'''b'", DisplayName = "psql doesn't see that the second part has escapes")]
    public void In_a_literal_of_several_parts(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("'a'\r\n'b'", "'a'\n'b'")]
    [DataRow("B'01'\r\n'10'", "B'01'\n'10'")]
    [DataRow("E'\\'a'", "E'\\'a'")]
    [DataRow("\"a\rb\"", "\"a\nb\"")]
    public void Elsewhere_it_is_layout(string text, string normalized) => AreEqual(normalized, text, SqlDialect.PostgreSql);

    [TestMethod]
    [DataRow("'a\rb'", "('a' || char(13) || 'b')")]
    [DataRow("'\r\r'", "('' || char(13) || '' || char(13) || '')")]
    [DataRow("'a''\r'", "('a''' || char(13) || '')")]
    [DataRow("1 -- a\rb\r\n, 2", "1 -- a b\n, 2", DisplayName = "It ends no comment")]
    public void In_SQLite(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.Sqlite);

    [TestMethod]
    [DataRow("'a\u0001\\\u007F\u0085'", @"E'a\u0001\\\u007F\u0085'")]
    [DataRow("E'\a\\\b'", @"E'\u0007\u0008'")]
    [DataRow("N'\u001B[2J'", @"NCHAR E'\u001B[2J'")]
    [DataRow("U&'\v' UESCAPE '!'", "U&'!000B' UESCAPE '!'")]
    public void So_are_other_control_characters(string literal, string escaped) => AreEqual(escaped, literal, SqlDialect.PostgreSql);

    [TestMethod]
    public void So_are_they_in_SQLite() =>
        AreEqual("('a' || char(1) || '' || char(127) || '' || char(133) || '')", "'a\u0001\u007F\u0085'", SqlDialect.Sqlite);

    private static void AreEqual(string escaped, string literal, SqlDialect dialect) =>
        Assert.AreEqual(
            $"SELECT {escaped};\n", SqlBody.Write([new SqlCommandText($"SELECT {literal};", OutsideTransaction: false)], dialect));
}
