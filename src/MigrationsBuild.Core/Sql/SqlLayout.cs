using System.Text;

namespace MigrationsBuild.Sql;

/// <summary>
/// The layout that editors and pre-commit hooks change automatically: blanks at line ends, and empty lines and the line end at the end of
/// the file. Outside literals and quoted names they have no meaning. Inside they are data.
/// </summary>
public static class SqlLayout
{
    private static readonly char[] _blanks = [' ', '\t', '\v', '\f'];

    /// <summary>The text without blanks at line ends, and with a single line end at its end.</summary>
    /// <param name="text">One or more statements, with <c>\n</c> as line end.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    public static string Normalize(string text, SqlDialect dialect)
    {
        if (IsNormal(text))
            return text;
        var normal = new StringBuilder(text.Length + 1);
        var last = SqlTokenKind.Space;
        foreach (var token in SqlLexer.Tokenize(text, dialect))
        {
            last = token.Kind;
            if (token.IsTrivia)
                Append(normal, token.In(text), endsLine: token.End == text.Length || text[token.End] == '\n');
            else
                normal.Append(text, token.Start, token.End - token.Start);
        }

        if (last == SqlTokenKind.Unterminated)
            return normal.ToString();
        if (last == SqlTokenKind.Space)
            TrimEnd(normal, '\n');
        return normal.Length == 0 ? "" : normal.Append('\n').ToString();
    }

    private static bool IsNormal(string text)
    {
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            if (end > 0 && Array.IndexOf(_blanks, text[end - 1]) >= 0)
                return false;
        }

        return text.Length == 0 || text.Length > 1 && text[text.Length - 1] == '\n' && text[text.Length - 2] != '\n';
    }

    private static void Append(StringBuilder normal, string trivia, bool endsLine)
    {
        var lines = trivia.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                normal.Append('\n');
            normal.Append(i < lines.Length - 1 || endsLine ? lines[i].TrimEnd(_blanks) : lines[i]);
        }
    }

    private static void TrimEnd(StringBuilder text, char c)
    {
        while (text.Length > 0 && text[text.Length - 1] == c)
            text.Length--;
    }
}
