using System.Text;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>Text that Markdown and HTML show as it is.</summary>
internal static class MarkdownText
{
    private const string Special = "&<>\"'`*_~[]|\\#";

    /// <summary>
    /// One line that holds no markup. What means something to Markdown or HTML becomes a character reference: a backslash in front would
    /// still end a table's cell in some places and be shown in others. Nobody is notified by an @ in a name.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in LogText.OneLine(text))
        {
            if (Special.IndexOf(c) >= 0)
                escaped.Append("&#").Append((int)c).Append(';');
            else if (c == '@')
                escaped.Append("@&#8203;");
            else
                escaped.Append(c == '\t' ? ' ' : c);
        }

        return escaped.ToString();
    }

    /// <summary>A name in code's letters.</summary>
    /// <param name="text">Any text.</param>
    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>A fence that no line of the text ends.</summary>
    /// <param name="text">Any text.</param>
    public static string Fence(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', Math.Max(3, longest + 1));
    }
}
