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
        for (var match = _tokens.Match(text, start); match.Success; match = match.NextMatch())
        {
            if (match.Groups["open"].Success)
                depth++;
            else if (match.Groups["close"].Success && --depth < 0)
                return match.Index;
        }

        return null;
    }
}
