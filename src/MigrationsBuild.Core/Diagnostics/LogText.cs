using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Diagnostics;

/// <summary>
/// Text as one line of a terminal or of a build server's log. Every front end prints by it: a value from a database, a file or a server's
/// message can hold a sequence that clears the screen, or a line that the build server executes.
/// </summary>
public static class LogText
{
    /// <summary>
    /// GitHub's runner looks for its commands at the beginning of a line, white space aside; its old form, and those of Azure Pipelines and
    /// TeamCity, count anywhere in it.
    /// </summary>
    private static readonly Regex Command = new(
        @"^\s*(?<mark>:):(?:add-(?:mask|matcher|path)|debug|echo|(?:end)?group|error|internal-set-repo-path|notice|remove-matcher|save-state|set-(?:env|output)|stop-commands|warning)\b"
        + @"|(?<mark>#)#(?:\[|vso\[|teamcity\[)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>
    /// The text on one line: line ends become spaces, control characters and others that can't be seen become escapes such as
    /// <c>\u001B</c>, and what a build server would take for a command is none any more.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string OneLine(string text)
    {
        var lines = text.Split(['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries);
        var line = lines.Length == 1 ? lines[0] : string.Join(" ", lines.Select((part, i) => i == 0 ? part.TrimEnd() : part.Trim()));
        return Command.Replace(InvisibleText.Escape(line), Disarm);
    }

    private static string Disarm(Match match)
    {
        var mark = match.Groups["mark"];
        var position = mark.Index - match.Index;
        return $"{match.Value.Substring(0, position)}{(mark.Value == ":" ? @"\u003A" : @"\u0023")}{match.Value.Substring(position + 1)}";
    }
}
