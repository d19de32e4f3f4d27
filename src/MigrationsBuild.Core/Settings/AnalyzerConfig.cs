using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>An <c>.editorconfig</c> file or a global analyzer config, as far as it sets the severities of our diagnostics.</summary>
/// <remarks>https://learn.microsoft.com/dotnet/fundamentals/code-analysis/configuration-files</remarks>
internal sealed class AnalyzerConfig
{
    private const string KeyStart = "dotnet_diagnostic.";
    private const string KeyEnd = ".severity";

    private static readonly char[] _comment = ['#', ';'];
    private static readonly char[] _special = ['*', '?', '{', '[', '\\'];
    private static readonly char[] _separator = ['=', ':'];

    private readonly List<Entry> _entries = [];
    private readonly string _path;
    private readonly string _folder;
    private readonly int? _level;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its absolute path.</param>
    public AnalyzerConfig(string path)
    {
        _path = path;
        _folder = WithSlashes(Path.GetDirectoryName(path)!).TrimEnd('/');
        var content = File.ReadAllText(path);
        // Every build reads these files, and the SDK's own ones are long.
        var hasEntries = content.IndexOf(KeyStart + "MIG", StringComparison.OrdinalIgnoreCase) >= 0;
        string? section = null;
        var number = 0;
        foreach (var line in content.Split('\n'))
        {
            if (!hasEntries && (IsGlobal || section is not null))
                break;
            number++;
            var end = line.IndexOfAny(_comment);
            var text = (end < 0 ? line : line.Substring(0, end)).Trim();
            var separator = text.IndexOfAny(_separator);
            if (text.Length > 1 && text[0] == '[' && text[text.Length - 1] == ']')
            {
                section = text.Substring(1, text.Length - 2);
                continue;
            }

            if (separator < 0)
                continue;
            var (key, value) = (text.Substring(0, separator).TrimEnd(), text.Substring(separator + 1).TrimStart());
            if (CodeOf(key) is { } code)
                _entries.Add(new Entry(code, value, section, number));
            if (section is not null)
                continue;
            IsRoot |= Is(key, "root") && Is(value, "true");
            IsGlobal |= Is(key, "is_global") && Is(value, "true");
            if (Is(key, "global_level") && int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var level))
                _level = level;
        }

        IsGlobal |= HasGlobalName;
    }

    /// <summary>Whether it is a global analyzer config: it applies to all files, and not only to those below its folder.</summary>
    public bool IsGlobal { get; }

    /// <summary>Whether <c>.editorconfig</c> files of the folders above have no effect on the files below its folder.</summary>
    public bool IsRoot { get; }

    /// <summary>Global configs with a higher level take precedence.</summary>
    public int Level => _level ?? (HasGlobalName ? 100 : 0);

    /// <summary>The number of characters of the folder's path: the deepest folder of a file has the most.</summary>
    public int Depth => _folder.Length;

    /// <summary>The entries that have no effect, or whose effect isn't known.</summary>
    public IEnumerable<Diagnostic> Problems =>
        from entry in _entries
        let problem = Problem(entry)
        where problem is not null
        select new Diagnostic(DiagnosticCodes.InvalidSetting, problem, new Location(_path, entry.Line, 1));

    private bool HasGlobalName => Is(Path.GetFileName(_path), ".globalconfig");

    /// <summary>Whether a file is below the folder.</summary>
    /// <param name="file">An absolute path.</param>
    public bool IsAbove(string file) => WithSlashes(file).StartsWith(_folder + "/", StringComparison.Ordinal);

    /// <summary>The severity for a code and one of some files.</summary>
    /// <param name="code">The code.</param>
    /// <param name="files">Absolute paths.</param>
    /// <returns><see langword="null"/> if it has no entry for them.</returns>
    public ConfiguredSeverity? Find(string code, IReadOnlyCollection<string> files) => _entries
        .FindLast(entry => entry.Code == code && entry.Severity is not null && files.Any(file => Applies(entry, WithSlashes(file))))
        ?.Severity;

    private bool Applies(Entry entry, string file) => IsGlobal
        ? entry.Section is null || entry.Section == file
        : IsAbove(file) && entry.Pattern?.IsMatch(file.Substring(_folder.Length)) == true;

    private string? Problem(Entry entry)
    {
        if (entry.Severity is null)
            return $"The severity of {entry.Code} is {entry.Value}. It must be {ConfiguredSeverity.Words}.";
        if (IsGlobal)
        {
            return entry.Section is null || (Path.IsPathRooted(entry.Section) && entry.Section.IndexOfAny(_special) < 0)
                ? null
                : $"The section [{entry.Section}] has no effect on {entry.Code}, because a section of a global analyzer config must be "
                  + "an absolute path. Set the severity before the first section.";
        }

        if (entry.Section is null)
            return $"The severity of {entry.Code} has no effect before the first section. Write it below a section, for example [*].";
        return entry.Pattern is null
            ? $"The section [{entry.Section}] sets the severity of {entry.Code}, and MigrationsBuild can't evaluate the section. Use only "
              + "*, **, ? and {a,b}, for example [*.{cs,sql}]."
            : null;
    }

    /// <summary>The code whose severity a key sets; <see langword="null"/> if it is none of ours.</summary>
    private static string? CodeOf(string key) =>
        key.StartsWith(KeyStart + "MIG", StringComparison.OrdinalIgnoreCase) && key.EndsWith(KeyEnd, StringComparison.OrdinalIgnoreCase)
            ? key.Substring(KeyStart.Length, key.Length - KeyStart.Length - KeyEnd.Length).ToUpperInvariant()
            : null;

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static string WithSlashes(string path) => path.Replace('\\', '/');

    /// <summary>A line that sets a severity.</summary>
    private sealed class Entry(string code, string value, string? section, int line)
    {
        public string Code => code;

        public string Value => value;

        public string? Section => section;

        public int Line => line;

        public ConfiguredSeverity? Severity { get; } = ConfiguredSeverity.Parse(value);

        /// <summary>The section as a pattern; <see langword="null"/> if it can't be evaluated.</summary>
        public Regex? Pattern { get; } = section is null ? null : SectionPattern.Parse(section);
    }
}
