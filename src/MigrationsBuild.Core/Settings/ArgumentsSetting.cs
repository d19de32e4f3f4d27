using System.Text;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Settings;

/// <summary>
/// The arguments for design-time factories and the entry point, as one text. The syntax is that of a command line on Windows, which .NET
/// uses on every system: spaces separate arguments, double quotes enclose them, and <c>\"</c> is a double quote.
/// </summary>
public static class ArgumentsSetting
{
    /// <summary>A command line. It may contain secrets, so an invalid value isn't shown.</summary>
    public static SettingForm<IReadOnlyList<string>> Form { get; } =
        new("arguments as on a command line, with every double quote closed", TryParse) { ShowsValue = false };

    /// <summary>The text from which <see cref="Form"/> reads these arguments.</summary>
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    /// <summary>An argument with the quotes and backslashes that it needs.</summary>
    public static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c == '"'))
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            if (c == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }

    private static bool TryParse(string text, out IReadOnlyList<string> arguments)
    {
        // Most projects have none, and every build reads them: the runtime would have to compile the regular expression.
        if (text.Length == 0)
        {
            arguments = [];
            return true;
        }

        var found = new List<string>();
        StringBuilder? current = null;
        var isQuoted = false;
        foreach (Match part in Regex.Matches(text, """\\*"|.""", RegexOptions.Singleline))
        {
            if (!isQuoted && char.IsWhiteSpace(part.Value[0]))
            {
                if (current is not null)
                    found.Add(current.ToString());
                current = null;
                continue;
            }

            current ??= new StringBuilder();
            var isQuote = part.Value[part.Length - 1] == '"';
            var isEscaped = isQuote && part.Length % 2 == 0;
            if (isQuote)
                current.Append('\\', (part.Length - 1) / 2).Append(isEscaped ? "\"" : "");
            else
                current.Append(part.Value);
            isQuoted ^= isQuote && !isEscaped;
        }

        if (current is not null)
            found.Add(current.ToString());
        arguments = found;
        return !isQuoted;
    }
}
