using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>
/// The origins of the values of settings. MSBuild turns every environment variable into a property, in any case, so a shell with
/// <c>DBDRIFT=off</c> would switch the check off. <c>MigrationsBuild.props</c> clears a setting that has the same value as a variable of
/// that name, in the three spellings that MSBuild can read. If the props file can't decide, it is an error here.
/// </summary>
/// <param name="environment">The environment variables.</param>
/// <param name="globals">The names of the properties in <c>-p:</c>.</param>
/// <param name="cleared">The settings that the props file has cleared.</param>
/// <param name="propsFiles">The files that may set a property before the props file is imported.</param>
public sealed class SettingOrigins(
    IReadOnlyDictionary<string, string> environment,
    IEnumerable<string> globals,
    IReadOnlyCollection<string> cleared,
    IEnumerable<string> propsFiles)
{
    private readonly HashSet<string> _globals = new(globals, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the variables that aren't empty, by the name of a property that they would set.</summary>
    private readonly ILookup<string, string> _variables =
        environment.Keys.Where(name => environment[name].Length > 0).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The spellings of a name that the props file compares.</summary>
    public static IReadOnlyList<string> KnownSpellings(string property) =>
        [property, property.ToUpperInvariant(), property.ToLowerInvariant()];

    /// <summary>The variables that have the name of a setting. They have no effect.</summary>
    public IReadOnlyList<string> Ignored => [.. ProjectSettings.All.SelectMany(setting => _variables[setting.Property])];

    /// <summary>The errors for settings whose value may come from a variable.</summary>
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
        var variables = _variables[setting.Property].ToList();
        if (variables.Count == 0)
            return null;
        if (cleared.Contains(setting.Property, StringComparer.OrdinalIgnoreCase))
        {
            return MentionOf(setting) is { } file
                ? $"{setting.Property} is mentioned in {file}, and the environment variable {variables[0]} has the same value, "
                  + $"so MigrationsBuild can't determine which of them set it. Unset {variables[0]}."
                : null;
        }

        return variables.Find(variable => IsSource(setting, variable, value)) is { } name
            ? $"{setting.Property} gets its value from the environment variable {name}, but environment variables aren't used as settings. "
              + $"Unset {name}, or set {setting.Property} in the project file."
            : null;
    }

    /// <summary>
    /// Whether a property has its value from a variable. If the variable has one of the known spellings, the props file has cleared the
    /// property, and the project has set it again, unless the variable contains <c>%3B</c>: MSBuild reads that as <c>;</c>, and the props
    /// file compares two different texts.
    /// </summary>
    private bool IsSource(Setting setting, string variable, string value) =>
        value.Length > 0
        && (KnownSpellings(setting.Property).Contains(variable)
            ? environment[variable] != value && PropertyText.Unescape(environment[variable]) == value
            : environment[variable] == value || PropertyText.Unescape(environment[variable]) == value);

    private string? MentionOf(Setting setting) =>
        propsFiles.FirstOrDefault(file => Regex.IsMatch(File.ReadAllText(file), $@"<\s*{setting.Property}\b", RegexOptions.IgnoreCase));
}
