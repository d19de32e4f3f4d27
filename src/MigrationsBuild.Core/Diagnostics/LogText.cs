using System.Text.RegularExpressions;
using MigrationsBuild.Text;

namespace MigrationsBuild.Diagnostics;

/// <summary>
/// Text as one line of a terminal or of a build server's log. Every front end prints through it, because a value from a database, a file
/// or a server's message can contain a sequence that clears the screen, or a command that the build server executes.
/// </summary>
public static class LogText
{
    /// <summary>
    /// The text on one line: line ends become spaces, control characters and invisible characters become escapes such as
    /// <c>\u001B</c>, and so does one character of each command for a build server.
    /// </summary>
    public static string OneLine(string text)
    {
        var lines = text.Split(['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries);
        var line = lines.Length == 1 ? lines[0] : string.Join(" ", lines.Select((part, i) => i == 0 ? part.TrimEnd() : part.Trim()));
        var visible = InvisibleText.Escape(line);
        return Contains(visible, "::") || Contains(visible, "##") ? BuildServerCommand.Form.Replace(visible, Disarm) : visible;
    }

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;

    private static string Disarm(Match match)
    {
        var mark = match.Groups["mark"];
        var position = mark.Index - match.Index;
        return $"{match.Value.Substring(0, position)}{(mark.Value == ":" ? @"\u003A" : @"\u0023")}{match.Value.Substring(position + 1)}";
    }

    /// <summary>A separate class, because the construction of the expression is slow and few runs need it.</summary>
    private static class BuildServerCommand
    {
        /// <summary>
        /// GitHub's runner finds its commands after white space at the beginning of a line. Its old form, and the commands of Azure
        /// Pipelines and TeamCity, are found anywhere in a line.
        /// </summary>
        public static readonly Regex Form = new(
            @"^\s*(?<mark>:):(?:add-(?:mask|matcher|path)|debug|echo|(?:end)?group|error|internal-set-repo-path|notice"
            + @"|remove-matcher|save-state|set-(?:env|output)|stop-commands|warning)\b"
            + @"|(?<mark>#)#(?:\[|vso\[|teamcity\[)",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
