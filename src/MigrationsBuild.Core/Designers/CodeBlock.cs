using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>The end and the statements of a block of C#: braces in literals and comments don't count.</summary>
internal static class CodeBlock
{
    private static readonly Regex _tokens = new(
        """
        \G (?>
            [^{}();/"'@$\#]+ | //[^\n]* | /\*(?>[^*]|\*(?!/))*\*/ | /
            | (?<quotes>"{3,})(?s:.*?)\k<quotes>(?!") | @"(?>""|[^"])*" | "(?>\\.|[^"\\\r\n])*" | '(?>\\.|[^'\\\r\n])+' | @(?=\w)
            | \#(?:pragma|nullable)\b[^\n]* | (?<open>[{(]) | (?<close>[})]) | (?<end>;)
        )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant);

    /// <summary>What continues a statement after a closing brace.</summary>
    private static readonly Regex _continuation = new(@"\G\s*(?:(?:else|catch|finally|while)\b|[;),.?])");

    /// <summary>The statements of a block, each with the comments before it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The beginning of the block, after its brace.</param>
    /// <param name="end">The position of the brace that ends it.</param>
    /// <returns>
    /// The statements, without white space around them; <see langword="null"/> if the block contains what <see cref="EndOf"/> doesn't read.
    /// </returns>
    public static IReadOnlyList<string>? StatementsOf(string text, int start, int end)
    {
        var statements = new List<string>();
        var (depth, begin, position) = (0, start, start);
        for (var match = _tokens.Match(text, start); match.Success && match.Index < end; match = match.NextMatch())
        {
            position = match.Index + match.Length;
            depth += match.Groups["open"].Success ? 1 : match.Groups["close"].Success ? -1 : 0;
            var isEnd = match.Groups["end"].Success || (match.Value == "}" && !_continuation.IsMatch(text, position));
            if (depth != 0 || !isEnd)
                continue;
            statements.Add(text.Substring(begin, position - begin).Trim());
            begin = position;
        }

        return position < end ? null : statements;
    }

    /// <summary>The position of the brace or parenthesis that ends a block.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">A position within the block, outside of literals and comments.</param>
    /// <returns>
    /// The position; <see langword="null"/> if there is none, or if the block contains an interpolated string or a conditional directive.
    /// </returns>
    public static int? EndOf(string text, int start)
    {
        var depth = 0;
        for (var position = start; position < text.Length; position++)
        {
            switch (text[position])
            {
                case '{' or '(':
                    depth++;
                    break;
                case '}' or ')':
                    if (--depth < 0)
                        return position;
                    break;
                case '"' or '\'' or '/' or '@' or '$' or '#':
                    // The expression is ten times slower than this loop, so it is used only for the tokens that this loop can't read.
                    if (SimpleLiteralEnd(text, position) is { } end)
                        position = end;
                    else if (_tokens.Match(text, position) is { Success: true } match)
                        position += match.Length - 1;
                    else
                        return null;
                    break;
            }
        }

        return null;
    }

    /// <summary>The position of the quote that ends a string literal without quotes and backslashes in it.</summary>
    private static int? SimpleLiteralEnd(string text, int start)
    {
        if (text[start] != '"')
            return null;
        var end = start + 1;
        while (end < text.Length && text[end] is not ('"' or '\\' or '\r' or '\n'))
            end++;
        // Two quotes may begin a raw literal.
        return end > start + 1 && end < text.Length && text[end] == '"' ? end : null;
    }
}
