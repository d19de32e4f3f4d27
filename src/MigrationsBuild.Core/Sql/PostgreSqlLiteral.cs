namespace MigrationsBuild.Sql;

/// <summary>
/// A literal in single quotes as PostgreSQL reads it, with its prefix. It may go on behind white space and line comments with a line
/// end among them: <c>E'a'</c>, new line, <c>'b'</c> is one literal, and the prefix counts for each of its parts.
/// </summary>
/// <remarks>The rule is that of PostgreSQL's manual, "String Constants"; that comments may stand there is only in its <c>scan.l</c>.</remarks>
internal sealed class PostgreSqlLiteral
{
    private readonly List<(int Start, int End)> _parts = [];

    private PostgreSqlLiteral(string text, int quote, string prefix)
    {
        Prefix = prefix;
        int? next = quote + 1;
        while (next is { } start)
        {
            var close = ClosingQuote(text, start);
            if (close < 0)
            {
                End = text.Length;
                return;
            }

            _parts.Add((start, close));
            End = close + 1;
            next = NextPart(text, End);
        }

        IsTerminated = true;
    }

    /// <summary>In upper case: <c>E</c>, <c>U&amp;</c>, <c>N</c>, <c>B</c>, <c>X</c>, or nothing.</summary>
    public string Prefix { get; }

    /// <summary>Offsets of what stands between the quotes.</summary>
    public IReadOnlyList<(int Start, int End)> Parts => _parts;

    /// <summary>Offset after the last quote.</summary>
    public int End { get; }

    /// <summary>Whether there is a last quote.</summary>
    public bool IsTerminated { get; }

    /// <summary>What the lexer calls it.</summary>
    public SqlTokenKind Kind => !IsTerminated ? SqlTokenKind.Unterminated : Prefix == "E" ? SqlTokenKind.EscapeLiteral : SqlTokenKind.Literal;

    /// <summary>The literal that begins there; <see langword="null"/> if none does.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">Where a token begins.</param>
    public static PostgreSqlLiteral? At(string text, int start)
    {
        var quote = text.IndexOf('\'', start, Math.Min(3, text.Length - start));
        if (quote < 0)
            return null;
        var prefix = text.Substring(start, quote - start).ToUpperInvariant();
        return prefix is "" or "E" or "U&" or "N" or "B" or "X" ? new(text, quote, prefix) : null;
    }

    /// <summary>The quote that ends a part, or -1: the quote twice is the quote, and in an <c>E</c> literal so is <c>\'</c>.</summary>
    private int ClosingQuote(string text, int position)
    {
        for (; position < text.Length; position++)
        {
            if (text[position] == '\\' && Prefix == "E")
                position++;
            else if (text[position] == '\'' && (position + 1 == text.Length || text[position + 1] != '\''))
                return position;
            else if (text[position] == '\'')
                position++;
        }

        return -1;
    }

    private static int? NextPart(string text, int position)
    {
        var lineEnd = false;
        for (; position < text.Length; position++)
        {
            switch (text[position])
            {
                case '\'':
                    return lineEnd ? position + 1 : null;
                case '\n' or '\r':
                    lineEnd = true;
                    break;
                case ' ' or '\t' or '\f' or '\v':
                    break;
                case '-' when position + 1 < text.Length && text[position + 1] == '-':
                    while (position + 1 < text.Length && text[position + 1] is not ('\n' or '\r'))
                        position++;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
