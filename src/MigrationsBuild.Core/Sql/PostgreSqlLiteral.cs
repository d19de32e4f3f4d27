namespace MigrationsBuild.Sql;

/// <summary>
/// A literal in single quotes as PostgreSQL reads it, with its prefix. It may have several parts, separated by white space with a line end
/// and by line comments: <c>E'a'</c>, new line, <c>'b'</c> is one literal, and the prefix applies to each part.
/// </summary>
/// <remarks>
/// The rule is in PostgreSQL's manual, "String Constants". Only its source file <c>scan.l</c> shows that comments are allowed.
/// </remarks>
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

    /// <summary>The offsets of the parts, without their quotes.</summary>
    public IReadOnlyList<(int Start, int End)> Parts => _parts;

    /// <summary>The offset after the closing quote.</summary>
    public int End { get; }

    /// <summary>Whether there is a closing quote.</summary>
    public bool IsTerminated { get; }

    /// <summary>The kind of its token.</summary>
    public SqlTokenKind Kind => (IsTerminated, Prefix) switch
    {
        (false, _) => SqlTokenKind.Unterminated,
        (_, "E") => SqlTokenKind.EscapeLiteral,
        _ => SqlTokenKind.Literal,
    };

    /// <summary>The literal at an offset; <see langword="null"/> if there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">The offset at which a token begins.</param>
    public static PostgreSqlLiteral? At(string text, int start)
    {
        var quote = text.IndexOf('\'', start, Math.Min(3, text.Length - start));
        if (quote < 0)
            return null;
        var prefix = text.Substring(start, quote - start).ToUpperInvariant();
        return prefix is "" or "E" or "U&" or "N" or "B" or "X" ? new(text, quote, prefix) : null;
    }

    /// <summary>The offset of the quote that ends a part, or -1. A doubled quote doesn't end it, nor <c>\'</c> after <c>E</c>.</summary>
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
