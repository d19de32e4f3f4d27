using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>The files and folders that the answer of a build depends on.</summary>
internal sealed partial class BuildInputs
{
    // Above this number of files and folders, checking their stamps is not much faster than a build.
    private const int Limit = 5000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline;
    private static readonly string[] _code = [".cs", ".vb", ".fs", ".sql", ".resx"];
    private static readonly string[] _outputs = ["bin", "obj", "node_modules"];

    // The files that MSBuild, the SDK, NuGet and the compiler look for in the project's folder and above.
    private static readonly string[] _above =
    [
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Build.rsp",
        "Directory.Packages.props",
        "global.json",
        "NuGet.config",
        "nuget.config",
        "NuGet.Config",
        ".editorconfig",
        ".globalconfig",
    ];

    private readonly HashSet<string> _projectFolders = [];

    public HashSet<string> Files { get; } = [];

    public HashSet<string> Folders { get; } = [];

    /// <summary>Whether the inputs are too many or can't be determined, so that the call must not be stored.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>
    /// Adds a project that took part in the build: the files in its folder, and the files that MSBuild looks for above it.
    /// </summary>
    public void AddProject(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        _projectFolders.Add(folder);
        AddFolder(folder);
        foreach (var name in _above)
            AddAbove(folder, name);
        var obj = Path.Combine(folder, "obj");
        Folders.Add(obj);
        if (Directory.Exists(obj))
            Files.UnionWith(Directory.EnumerateFiles(obj).Where(file => !FolderStamp.IsTransient(file)));
    }

    /// <summary>Adds a source file. If it is code, its folder is added as well, because a new file there would be compiled.</summary>
    public void AddSource(string path)
    {
        Files.Add(path);
        if (_code.Contains(Path.GetExtension(path)))
            Folders.Add(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Inspects a project or import for inputs that stamps don't cover, and adds the files that it uses only if they exist. All projects
    /// must have been added before.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="isShared">
    /// Whether several projects took part in the build. Sources outside of a project's folder are known for the first project only.
    /// </param>
    public void Inspect(string path, bool isShared)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        IsUnclear |= Reading().IsMatch(text) || WildcardElsewhere().IsMatch(text) || (isShared && SourceElsewhere().IsMatch(text));
        string[] folders = [Path.GetDirectoryName(path)!, .. _projectFolders];
        foreach (Match match in FileAbove().Matches(text))
        {
            foreach (var folder in folders)
                AddAbove(folder, Known(match, folder));
        }

        // A target decides with such a condition what it copies or runs, and not how the project is evaluated.
        foreach (Match match in Existence().Matches(Target().Replace(text, "")))
            Files.UnionWith(folders.Select(folder => Path.GetFullPath(Known(match, folders[0]), folder)));
    }

    /// <summary>The path that a condition contains. If it depends on a property that isn't known, the inputs are unclear.</summary>
    private string Known(Match match, string folder)
    {
        var path = match.Groups["path"].Value.Trim()
            .Replace("$(MSBuildThisFileDirectory)", folder + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", ".", StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        IsUnclear |= path.IndexOfAny(['$', '@', '%', '*']) >= 0;
        return path;
    }

    private void AddAbove(string folder, string name)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
            Files.Add(Path.Combine(above, name));
    }

    private void AddFolder(string folder)
    {
        if (IsUnclear || !Folders.Add(folder))
            return;
        Files.UnionWith(Directory.EnumerateFiles(folder).Where(file => !FolderStamp.IsTransient(file)));
        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(below);
            if (!_outputs.Contains(name) && !name.StartsWith('.'))
                AddFolder(below);
        }

        IsUnclear |= Files.Count + Folders.Count > Limit;
    }

    /// <summary>Property functions that read a file, the registry or the clock, and imports with wildcards.</summary>
    [GeneratedRegex(@"<Import\s[^>]*\*|\[System\.IO\.(File|Directory)\]|GetRegistryValue|\[System\.DateTime", RegexOptions.IgnoreCase)]
    private static partial Regex Reading();

    /// <summary>Items with wildcards that may be outside of the project's folder: a new file there would be used.</summary>
    [GeneratedRegex(@"\sInclude\s*=\s*([""'])((?!\1).)*?(\.\.|\$\(|(?<=[""';]\s*)([/\\]|[a-z]:))((?!\1).)*?[*?]", Options)]
    private static partial Regex WildcardElsewhere();

    /// <summary>The names of files for which MSBuild looks in a folder and above.</summary>
    [GeneratedRegex(@"(GetPathOfFileAbove\(|GetDirectoryNameOfFileAbove\([^,]*,)\s*'?(?<path>[^',)]*)", Options)]
    private static partial Regex FileAbove();

    /// <summary>The paths of files that a condition looks for, except those that <see cref="FileAbove"/> finds.</summary>
    [GeneratedRegex(@"\bExists\s*\(\s*('(?!\$\(\[MSBuild\]::GetPathOfFileAbove)(?<path>[^']*)'|(?<path>[^'\s][^)]*))", Options)]
    private static partial Regex Existence();

    [GeneratedRegex(@"<Target\s([^>]*[^/>])?>.*?</Target>", Options)]
    private static partial Regex Target();

    [GeneratedRegex(@"<(Compile|EmbeddedResource|AdditionalFiles)\s[^>]*Include\s*=\s*""[^""]*(\.\.|\$\()", RegexOptions.IgnoreCase)]
    private static partial Regex SourceElsewhere();
}
