using System.Text;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.Commands;

/// <summary>Wraps the paragraphs and list items of Markdown for a terminal. Headings, tables and code blocks are not changed.</summary>
internal static partial class WrappedMarkdown
{
    private const string Fence = "```";

    /// <summary>Wraps a document.</summary>
    /// <param name="markdown">The document, in which each paragraph is one line.</param>
    /// <param name="width">The maximum number of characters in a line. A word that is longer has a line of its own.</param>
    public static string Wrap(string markdown, int width)
    {
        var isCode = false;
        var lines = new List<string>();
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            isCode ^= isFence;
            if (isFence || isCode || Fixed().IsMatch(line))
                lines.Add(line);
            else
                lines.AddRange(WrapLine(line, width));
        }

        return string.Join("\n", lines);
    }

    /// <summary>Wraps a line. Further lines are indented to the text of a list item.</summary>
    private static IEnumerable<string> WrapLine(string line, int width)
    {
        var marker = Marker().Match(line).Value;
        var current = new StringBuilder(marker);
        var hasWord = false;
        foreach (var word in Words(line[marker.Length..], width - marker.Length))
        {
            if (hasWord && current.Length + 1 + word.Length > width)
            {
                yield return current.ToString();
                current.Clear().Append(' ', marker.Length);
                hasWord = false;
            }

            current.Append(hasWord ? " " : "").Append(word);
            hasWord = true;
        }

        yield return current.ToString();
    }

    /// <summary>The words of a text. Code, such as a command, is one word if it fits into a line, so that it can be copied.</summary>
    private static IEnumerable<string> Words(string text, int width) => Word().Matches(text)
        .SelectMany(word => word.Value.Length <= width ? [word.Value] : word.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A heading, a row of a table, or code that is indented.</summary>
    [GeneratedRegex(@"^(#|\s*\||\t| {4,}(?![-*+] |\d+\. ))")]
    private static partial Regex Fixed();

    /// <summary>The indentation of a line, with the marker of a list item or a quotation.</summary>
    [GeneratedRegex(@"^\s*((([-*+]|\d+\.) +)|(> ?))?")]
    private static partial Regex Marker();

    [GeneratedRegex(@"(`[^`]*`|\S)+")]
    private static partial Regex Word();
}
