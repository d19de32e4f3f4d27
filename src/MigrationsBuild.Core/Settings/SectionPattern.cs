using System.Text;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Settings;

/// <summary>The name of a section of an <c>.editorconfig</c> file: a pattern for paths, with the C# compiler's rules.</summary>
internal static class SectionPattern
{
    private static readonly char[] _unsupported = ['[', ']', '\\'];

    /// <summary>Reads a pattern of <c>*</c>, <c>**</c>, <c>?</c> and <c>{a,b}</c>.</summary>
    /// <param name="pattern">The text between the brackets.</param>
    /// <returns>
    /// The regular expression for paths below the file's folder, which begin with a slash; <see langword="null"/> if the pattern isn't
    /// valid, or has classes of characters, ranges of numbers or escapes.
    /// </returns>
    public static Regex? Parse(string pattern)
    {
        if (pattern.Length == 0 || pattern.IndexOfAny(_unsupported) >= 0 || pattern.Contains(".."))
            return null;
        // A pattern without a slash matches in all folders.
        var regex = new StringBuilder(pattern.IndexOf('/') < 0 ? "^.*/" : pattern[0] == '/' ? "^" : "^/");
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            depth += pattern[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && pattern[i] == ','))
                return null;
            var isDouble = pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*';
            regex.Append(pattern[i] switch
            {
                '*' => isDouble ? ".*" : "[^/]*",
                '?' => ".",
                '{' => "(?:",
                '}' => ")",
                ',' => "|",
                var c => Regex.Escape(c.ToString()),
            });
            if (isDouble)
                i++;
        }

        return depth == 0 ? new Regex(regex.Append('$').ToString(), RegexOptions.Singleline) : null;
    }
}
