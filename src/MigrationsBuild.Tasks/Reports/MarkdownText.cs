using System.Text;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>Text that Markdown and HTML show as it is.</summary>
internal static class MarkdownText
{
    private const string Special = "&<>\"'`*_~[]|\\#";

    /// <summary>
    /// One line without markup. Special characters of Markdown and HTML become character references, because Markdown renderers don't agree
    /// on backslashes in table cells. An @ in a name notifies nobody.
    /// </summary>
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

    /// <summary>A name formatted as code.</summary>
    public static string Code(string text) => $"<code>{Escape(text)}</code>";

    /// <summary>A fence for a code block that no line of the text closes.</summary>
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
