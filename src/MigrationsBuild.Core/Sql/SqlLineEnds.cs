using System.Globalization;
using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Text;

namespace MigrationsBuild.Sql;

/// <summary>
/// Replaces line ends with <c>\n</c>, because git may change them. Inside a literal, control characters such as the carriage return are
/// data. They are replaced with escapes, because a reviewer can't see them. A dollar-quoted body has no escapes, so a carriage return in it
/// counts as layout, and other control characters stay and are refused later.
/// </summary>
internal static class SqlLineEnds
{
    /// <summary>The SQL without carriage returns, and without control characters in its literals.</summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    public static string Normalize(string text, SqlDialect dialect)
    {
        if (!HoldsEscaped(text, 0, text.Length) && text.IndexOf(@"\'", StringComparison.Ordinal) < 0)
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
                // In SQLite a carriage return doesn't end a comment, but a new line in its place would.
                (SqlTokenKind.LineComment, _) => tokens[i].In(text).TrimEnd('\r').Replace('\r', ' '),
                _ => Layout(tokens[i].In(text)),
            });
        }

        return normalized.ToString();
    }

    private static string Layout(string piece) => SourceText.Normalize(piece).Replace('\r', '\n');

    /// <summary>Whether a character is replaced with an escape. NUL isn't, because no database can store it.</summary>
    private static bool IsEscaped(char c) => c != '\0' && InvisibleCharacters.IsControl(c);

    private static bool HoldsEscaped(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (IsEscaped(text[i]))
                return true;
        }

        return false;
    }

    private static string Escape(string text, Func<char, string> escape) =>
        HoldsEscaped(text, 0, text.Length) ? string.Concat(text.Select(c => IsEscaped(c) ? escape(c) : c.ToString())) : text;

    private static string Sqlite(string literal)
    {
        var escaped = Escape(literal, c => $"' || char({((int)c).ToString(CultureInfo.InvariantCulture)}) || '");
        return escaped == literal ? literal : $"({escaped})";
    }

    private static string PostgreSql(string text, List<SqlToken> tokens, int index)
    {
        var token = tokens[index];
        var literal = PostgreSqlLiteral.At(text, token.Start)!;
        var holdsControl = literal.Parts.Any(part => HoldsEscaped(text, part.Start, part.End));
        // psql reads line by line, so in a later part it takes \' for the end of the literal.
        if (!holdsControl && (literal.Prefix != "E" || literal.Parts.Count == 1) || literal.Prefix is "B" or "X")
            return Layout(token.In(text));
        return literal.Prefix switch
        {
            "E" => Rewrite(text, literal, "E", Backslashed),
            "U&" => Rewrite(text, literal, "U&", part => Escape(part, c => UnicodeEscape(text, tokens, index) + Hexadecimal(c))),
            // PostgreSQL reads N'…' as NCHAR '…'. N can't be combined with E'…'.
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

    private static string Plain(string part) => Escape(part.Replace(@"\", @"\\"), Backslash);

    private static string Backslash(char c) => c == '\r' ? @"\r" : @"\u" + Hexadecimal(c);

    private static string Hexadecimal(char c) => ((int)c).ToString("X4", CultureInfo.InvariantCulture);

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
                var c when IsEscaped(c) => Backslash(c),
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
