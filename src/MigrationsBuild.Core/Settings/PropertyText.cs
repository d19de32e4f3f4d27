using System.Text.RegularExpressions;

namespace MigrationsBuild.Settings;

/// <summary>The text of an MSBuild property.</summary>
public static class PropertyText
{
    /// <summary>The text without escapes: <c>%XX</c> is the character with that code.</summary>
    /// <param name="escaped">The text as it is in a file, a variable or a command line.</param>
    public static string Unescape(string escaped) => escaped.IndexOf('%') < 0 ? escaped : Regex.Replace(
        escaped, "%([0-9a-fA-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
}
