using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>
/// Where the values of settings come from. MSBuild makes a property of every environment variable, whatever its case, so a shell that holds
/// <c>DBDRIFT=off</c> would switch the check off. <c>MigrationsBuild.props</c> clears a setting that has the value of a variable of that
/// name, in the three spellings that MSBuild can ask for. What the props file can't decide is an error here.
/// </summary>
/// <param name="environment">The environment variables.</param>
/// <param name="globals">The names of the properties that the call gives with <c>-p:</c>.</param>
/// <param name="cleared">The settings that the props file has cleared.</param>
/// <param name="propsFiles">The files that may have set a property before the props file saw it.</param>
public sealed class SettingOrigins(
    IReadOnlyDictionary<string, string> environment,
    IEnumerable<string> globals,
    IReadOnlyCollection<string> cleared,
    IEnumerable<string> propsFiles)
{
    private readonly HashSet<string> _globals = new(globals, StringComparer.OrdinalIgnoreCase);

    /// <summary>The spellings of a name that the props file compares.</summary>
    /// <param name="property">The property.</param>
    public static IReadOnlyList<string> KnownSpellings(string property) =>
        [property, property.ToUpperInvariant(), property.ToLowerInvariant()];

    /// <summary>The variables that have the name of a setting and no effect.</summary>
    public IReadOnlyList<string> Ignored => [.. ProjectSettings.All.SelectMany(VariablesOf).Select(variable => variable.Key)];

    /// <summary>The settings that may have their value from a variable, each an error with the variable's name.</summary>
    /// <param name="find">The text of a setting; empty if it isn't set.</param>
    public IEnumerable<Diagnostic> Problems(Func<Setting, string> find)
    {
        foreach (var setting in ProjectSettings.All.Where(setting => !_globals.Contains(setting.Property)))
        {
            if (Problem(setting, find(setting)) is { } problem)
                yield return new Diagnostic(DiagnosticCodes.InvalidSetting, problem);
        }
    }

    private string? Problem(Setting setting, string value)
    {
        var variables = VariablesOf(setting).ToList();
        if (variables.Count == 0)
            return null;
        if (cleared.Contains(setting.Property, StringComparer.OrdinalIgnoreCase))
        {
            return MentionOf(setting) is { } file
                ? $"{setting.Property} is mentioned in {file}, and the environment variable {variables[0].Key} has the same value, "
                  + $"so MigrationsBuild can't determine which of them set it. Unset {variables[0].Key}."
                : null;
        }

        return variables.Where(variable => IsSource(setting, variable, value)).Select(variable => variable.Key).FirstOrDefault() is { } name
            ? $"{setting.Property} gets its value from the environment variable {name}, but environment variables aren't used as settings. "
              + $"Unset {name}, or set {setting.Property} in the project file."
            : null;
    }

    private IEnumerable<KeyValuePair<string, string>> VariablesOf(Setting setting) =>
        environment.Where(variable =>
            variable.Value.Length > 0 && string.Equals(variable.Key, setting.Property, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A property that still has the value of a variable: in one of the known spellings it was cleared, and set again by the project.
    /// MSBuild takes <c>%3B</c> in a variable for <c>;</c>, and then the props file saw two different texts.
    /// </summary>
    private static bool IsSource(Setting setting, KeyValuePair<string, string> variable, string value) =>
        value.Length > 0
        && (KnownSpellings(setting.Property).Contains(variable.Key)
            ? variable.Value != value && Unescape(variable.Value) == value
            : variable.Value == value || Unescape(variable.Value) == value);

    private string? MentionOf(Setting setting) =>
        propsFiles.FirstOrDefault(file => Regex.IsMatch(File.ReadAllText(file), $@"<\s*{setting.Property}\b", RegexOptions.IgnoreCase));

    private static string Unescape(string value) =>
        Regex.Replace(value, "%([0-9a-fA-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
}
