using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>The files and folders that the answer of a build depends on.</summary>
internal sealed partial class BuildInputs
{
    // Above this number of files and folders, checking their stamps is not much faster than a build.
    private const int Limit = 5000;
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
        AddFolder(folder);
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
            Files.UnionWith(_above.Select(name => Path.Combine(above, name)));
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

    /// <summary>Inspects a project or import for inputs that stamps don't cover.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="isShared">
    /// Whether several projects took part in the build. Sources outside of a project's folder are known for the first project only.
    /// </param>
    public void Inspect(string path, bool isShared)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        IsUnclear |= Reading().IsMatch(text) || (isShared && SourceElsewhere().IsMatch(text));
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

    [GeneratedRegex(@"<(Compile|EmbeddedResource|AdditionalFiles)\s[^>]*Include\s*=\s*""[^""]*(\.\.|\$\()", RegexOptions.IgnoreCase)]
    private static partial Regex SourceElsewhere();
}
