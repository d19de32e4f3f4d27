namespace MigrationsBuild.Runner.Migrations;

/// <summary>Where paths lead, all links followed. .NET follows only the last part's. Each folder is looked at once.</summary>
internal sealed class RealPaths
{
    private readonly Dictionary<string, string> _known = [];

    /// <summary>Follows the links of every part of a path; what doesn't exist is no link.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public string Of(string path)
    {
        if (_known.TryGetValue(path, out var known))
            return known;
        var real = Path.GetDirectoryName(path) is { } folder ? Follow(Path.Combine(Of(folder), Path.GetFileName(path))) : path;
        return _known[path] = real;
    }

    /// <summary>Whether a path is below a folder, by their texts alone.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="folder">An absolute path.</param>
    public static bool IsWithin(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string Follow(string path)
    {
        FileSystemInfo info = new DirectoryInfo(path) is { Exists: true } folder ? folder : new FileInfo(path);
        return info.LinkTarget is null ? info.FullName : Of(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
