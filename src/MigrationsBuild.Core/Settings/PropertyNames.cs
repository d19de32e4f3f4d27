using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Settings;

/// <summary>The names with the prefix <c>Db</c> that mean something in a project or in a call.</summary>
public static class PropertyNames
{
    private const string Prefix = "Db";

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

    private static bool HasPrefix(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
