using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>The files and folders that a build's answer comes from.</summary>
internal sealed partial class BuildInputs
{
    // A few stats a call are cheap; of more, a build may as well look itself.
    private const int Limit = 5000;
    private static readonly string[] _code = [".cs", ".vb", ".fs", ".sql", ".resx"];
    private static readonly string[] _outputs = ["bin", "obj", "node_modules"];
    private static readonly string[] _above = ["Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props", "global.json", "NuGet.config", "nuget.config", "NuGet.Config", ".editorconfig", ".globalconfig"];

    public HashSet<string> Files { get; } = [];

    public HashSet<string> Folders { get; } = [];

    /// <summary>Whether there is so much, or so unclear what, that nothing is to be kept.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>A project that took part: what lies in its folder, and what MSBuild looks for above it.</summary>
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

    /// <summary>A file that was compiled, or may have been: where others like it could come, the folder counts, too.</summary>
    public void AddSource(string path)
    {
        Files.Add(path);
        if (_code.Contains(Path.GetExtension(path)))
            Folders.Add(Path.GetDirectoryName(path)!);
    }

    /// <summary>An import of a person's own: it may do what no stamp sees.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isShared">Whether several projects took part, of whose sources outside their folders only the first one tells.</param>
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

    /// <summary>What is read from a file, the registry or the clock, and imports by pattern.</summary>
    [GeneratedRegex(@"<Import\s[^>]*\*|\[System\.IO\.(File|Directory)\]|GetRegistryValue|\[System\.DateTime", RegexOptions.IgnoreCase)]
    private static partial Regex Reading();

    [GeneratedRegex(@"<(Compile|EmbeddedResource|AdditionalFiles)\s[^>]*Include\s*=\s*""[^""]*(\.\.|\$\()", RegexOptions.IgnoreCase)]
    private static partial Regex SourceElsewhere();
}
