using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Settings;

/// <summary>The names with the prefix <c>Db</c> that mean something in a project or in a call.</summary>
public static class PropertyNames
{
    private const string Prefix = "Db";

    private static readonly HashSet<string> _ofCallsOnly = new(
        VerbTable.All.SelectMany(verb => verb.Properties).Except(ProjectSettings.All.Select(setting => setting.Property)).Where(HasPrefix),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them: settings, the targets and properties of verbs, and items.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. ProjectSettings.All.Select(setting => setting.Property)
            .Concat(VerbTable.All.SelectMany(verb => verb.Properties.Append(verb.Target)))
            .Concat(["DbContextName", "DbMessage", "DbArgumentSet", "DbInput"])
            .Where(HasPrefix)
            .Distinct(),
    ];

    /// <summary>
    /// The name that another one is a misspelling of; <see langword="null"/> if it is none. MSBuild ignores a property that nobody reads,
    /// so <c>DbDryRnu=true</c> would migrate.
    /// </summary>
    public static string? Meant(string name) => HasPrefix(name) ? Suggestions.Misspelled(name, All) : null;

    /// <summary>Whether a property counts only in a command line: <c>DbDryRun</c> in a project file makes no run a dry one.</summary>
    public static bool IsOfCallsOnly(string name) => _ofCallsOnly.Contains(name);

    private static bool HasPrefix(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
