using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>
/// The severities that <c>.editorconfig</c> files and global analyzer configs set: <c>dotnet_diagnostic.MIG2303.severity = none</c>. They
/// apply to the same files as for the C# compiler.
/// </summary>
public sealed class ConfiguredSeverities
{
    private readonly IReadOnlyList<AnalyzerConfig> _ofFolders;
    private readonly IReadOnlyList<AnalyzerConfig> _global;

    /// <summary>Reads the files.</summary>
    /// <param name="paths">Absolute paths. Files that don't exist are ignored.</param>
    public ConfiguredSeverities(IEnumerable<string> paths)
    {
        var all = paths.Distinct().Where(File.Exists).Select(path => new AnalyzerConfig(path)).ToList();
        _ofFolders = [.. all.Where(config => !config.IsGlobal).OrderByDescending(config => config.Depth)];
        _global = all.FindAll(config => config.IsGlobal);
    }

    /// <summary>The entries that have no effect, or whose effect isn't known.</summary>
    public IEnumerable<Diagnostic> Problems => _ofFolders.Concat(_global).SelectMany(config => config.Problems);

    /// <summary>The severity of a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="files">The absolute paths of the files that the finding is about.</param>
    /// <returns><see langword="null"/> if the files set none.</returns>
    public Severity? Of(string code, IReadOnlyCollection<string> files)
    {
        foreach (var config in _ofFolders)
        {
            if (config.Find(code, files) is { } nearest)
                return nearest.Value;
            if (config.IsRoot && files.All(config.IsAbove))
                break;
        }

        // As for the compiler, global configs that contradict each other have no effect.
        return _global
            .GroupBy(config => config.Level)
            .OrderByDescending(level => level.Key)
            .Select(level => level.Select(config => config.Find(code, files)).OfType<ConfiguredSeverity>().Distinct().ToList())
            .FirstOrDefault(found => found.Count > 0) is { Count: 1 } only ? only[0].Value : null;
    }
}

/// <summary>The value of an entry.</summary>
/// <param name="Value">The severity; <see langword="null"/> for <c>default</c>.</param>
internal sealed record ConfiguredSeverity(Severity? Value)
{
    /// <summary>The values that an entry can have.</summary>
    public const string Words = "none, silent, suggestion, warning, error or default";

    /// <summary>Reads a value.</summary>
    /// <returns><see langword="null"/> if it is none of <see cref="Words"/>.</returns>
    public static ConfiguredSeverity? Parse(string text) => text.ToLowerInvariant() switch
    {
        "none" or "silent" => new(Severity.Off),
        "suggestion" => new(Severity.Message),
        "warning" => new(Severity.Warning),
        "error" => new(Severity.Error),
        "default" => new((Severity?)null),
        _ => null,
    };
}
