using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>The end of a block of C#: braces in literals and comments don't count.</summary>
internal static class CodeBlock
{
    private static readonly Regex _tokens = new(
        """
        \G (?>
            [^{}()/"'@$\#]+ | //[^\n]* | /\*(?>[^*]|\*(?!/))*\*/ | /
            | (?<quotes>"{3,})(?s:.*?)\k<quotes>(?!") | @"(?>""|[^"])*" | "(?>\\.|[^"\\\r\n])*" | '(?>\\.|[^'\\\r\n])+' | @(?=\w)
            | \#(?:pragma|nullable)\b[^\n]* | (?<open>[{(]) | (?<close>[})])
        )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant);

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
