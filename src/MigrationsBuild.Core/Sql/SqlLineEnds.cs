using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Sql;

/// <summary>
/// Line ends become <c>\n</c>, because git may change them; but a carriage return inside a literal is data and is kept as an
/// escape. In a dollar-quoted body it is layout: there is no escape for it.
/// </summary>
internal static class SqlLineEnds
{
    /// <summary>The command without carriage returns.</summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="dialect">Who reads them.</param>
    public static string Normalize(string text, SqlDialect dialect)
    {
        if (text.IndexOf('\r') < 0 && text.IndexOf(@"\'", StringComparison.Ordinal) < 0)
            return text;
        var normalized = new StringBuilder(text.Length);
        var tokens = SqlLexer.Tokenize(text, dialect).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            normalized.Append((tokens[i].Kind, dialect) switch
            {
                (SqlTokenKind.Literal or SqlTokenKind.EscapeLiteral, SqlDialect.PostgreSql) => PostgreSql(text, tokens, i),
                (SqlTokenKind.Literal, SqlDialect.Sqlite) => Sqlite(tokens[i].In(text)),
                (SqlTokenKind.Literal, _) => tokens[i].In(text),
                // To SQLite a carriage return doesn't end the comment, but a new line in its place would.
                (SqlTokenKind.LineComment, _) => tokens[i].In(text).TrimEnd('\r').Replace('\r', ' '),
                _ => Layout(tokens[i].In(text)),
            });
        }

        return normalized.ToString();
    }

    private static string Layout(string piece) => SourceText.Normalize(piece).Replace('\r', '\n');

    private static string Sqlite(string literal) =>
        literal.IndexOf('\r') < 0 ? literal : "(" + literal.Replace("\r", "' || char(13) || '") + ")";

    private static string PostgreSql(string text, List<SqlToken> tokens, int index)
    {
        var token = tokens[index];
        var literal = PostgreSqlLiteral.At(text, token.Start)!;
        var holdsReturn = literal.Parts.Any(part => text.IndexOf('\r', part.Start, part.End - part.Start) >= 0);
        // psql reads line by line: it doesn't know in a later part that \' is no end.
        if (!holdsReturn && (literal.Prefix != "E" || literal.Parts.Count == 1) || literal.Prefix is "B" or "X")
            return Layout(token.In(text));
        return literal.Prefix switch
        {
            "E" => Rewrite(text, literal, "E", Backslashed),
            "U&" => Rewrite(text, literal, "U&", part => part.Replace("\r", UnicodeEscape(text, tokens, index) + "000D")),
            // What PostgreSQL reads N'…' as; N itself can't stand before E'…'.
            "N" => Rewrite(text, literal, "NCHAR E", Plain),
            _ => Rewrite(text, literal, FollowsWord(tokens, index) ? " E" : "E", Plain),
        };
    }

    private static string Rewrite(string text, PostgreSqlLiteral literal, string prefix, Func<string, string> escape)
    {
        var rewritten = new StringBuilder(prefix);
        var position = literal.Parts[0].Start - 1;
        foreach (var (start, end) in literal.Parts)
        {
            rewritten.Append(Layout(text.Substring(position, start - position))).Append(escape(text.Substring(start, end - start)));
            position = end;
        }

        return rewritten.Append('\'').ToString();
    }

    private static string Plain(string part) => part.Replace(@"\", @"\\").Replace("\r", @"\r");

    private static string Backslashed(string part)
    {
        var escaped = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            var isEscape = part[i] == '\\';
            if (isEscape)
                i++;
            escaped.Append(part[i] switch
            {
                '\r' => @"\r",
                '\'' when isEscape => "''",
                var c => isEscape ? $@"\{c}" : c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static bool FollowsWord(List<SqlToken> tokens, int index) => index > 0 && tokens[index - 1].Kind == SqlTokenKind.Word;

    /// <summary>The escape character of a <c>U&amp;</c> literal: <c>UESCAPE '!'</c> may follow it.</summary>
    private static char UnicodeEscape(string text, List<SqlToken> tokens, int index)
    {
        var next = tokens.Skip(index + 1).Where(token => !token.IsTrivia).Take(2).Select(token => token.In(text)).ToList();
        return next.Count == 2 && next[0].Equals("UESCAPE", StringComparison.OrdinalIgnoreCase) && next[1].Length == 3 && next[1][0] == '\''
            ? next[1][1]
            : '\\';
    }
}
