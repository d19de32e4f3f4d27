using System.Globalization;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>Reads a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="text">The text.</param>
/// <param name="value">The value.</param>
/// <returns>Whether the text is a valid value.</returns>
public delegate bool TryParse<T>(string text, out T value);

/// <summary>The form of the values of a setting.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Description">The end of a sentence that begins with "It must be".</param>
/// <param name="TryParse">Reads a value.</param>
public sealed record SettingForm<T>(string Description, TryParse<T> TryParse)
{
    /// <summary>Whether messages may show an invalid value.</summary>
    public bool ShowsValue { get; init; } = true;
}

/// <summary>A word for a value. Not a tuple, whose methods the runtime would have to compile in each build.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Word">The word.</param>
/// <param name="Value">The value.</param>
public sealed record SettingWord<T>(string Word, T Value);

/// <summary>The forms that several settings have.</summary>
public static class SettingForms
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static SettingForm<bool> Boolean { get; } = OneOf<bool>(new("true", true), new("false", false));

    /// <summary>The severity of findings.</summary>
    public static SettingForm<Severity> Severity { get; } = OneOf<Severity>(
        new("error", Diagnostics.Severity.Error), new("warning", Diagnostics.Severity.Warning), new("off", Diagnostics.Severity.Off));

    /// <summary>Any text.</summary>
    public static SettingForm<string> Text { get; } = new("any text", Any);

    /// <summary>A number of seconds, from 1 ms to eleven days.</summary>
    public static SettingForm<TimeSpan> Seconds { get; } = new("a number of seconds greater than 0, such as 30 or 0.5", TryParseSeconds);

    /// <summary>
    /// The name of an environment variable. A value that isn't one may be the connection string itself, and is never shown.
    /// </summary>
    public static SettingForm<string> VariableName { get; } = new(
        "the name of an environment variable: letters, digits and _, not starting with a digit", TryParseName)
    { ShowsValue = false };

    /// <summary>One of several words, which are not case-sensitive.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="words">The words.</param>
    public static SettingForm<T> OneOf<T>(params SettingWord<T>[] words)
    {
        var names = Array.ConvertAll(words, word => word.Word);
        var description = $"{string.Join(", ", names.Take(names.Length - 1))} or {names[names.Length - 1]}";
        return new(description, (string text, out T value) =>
        {
            // Not LINQ, which the runtime would have to compile for these types in each build.
            foreach (var word in words)
            {
                value = word.Value;
                if (string.Equals(word.Word, text, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            value = default!;
            return false;
        });
    }

    private static bool Any(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool TryParseName(string text, out string value)
    {
        value = text;
        // Not a regular expression, which the runtime would have to compile in each build.
        return text.Length > 0 && text[0] is not (>= '0' and <= '9') && text.All(IsOfName);
    }

    private static bool IsOfName(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';

    private static bool TryParseSeconds(string text, out TimeSpan value)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        var isInRange = isNumber && seconds is >= 0.001 and < 1_000_000;
        value = isInRange ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return isInRange;
    }
}
