namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Follows the symbolic links in every part of a path; .NET follows only those of the last part. Each folder is read once.
/// </summary>
internal sealed class SymbolicLinks
{
    private readonly Dictionary<string, string> _known = [];

    /// <summary>The path that an absolute path leads to. A part that doesn't exist is no link.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public string Resolve(string path)
    {
        if (_known.TryGetValue(path, out var known))
            return known;
        var real = Path.GetDirectoryName(path) is { } folder ? Follow(Path.Combine(Resolve(folder), Path.GetFileName(path))) : path;
        return _known[path] = real;
    }

    /// <summary>Whether an absolute path is below an absolute folder, by their texts alone.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string Follow(string path)
    {
        FileSystemInfo info = new DirectoryInfo(path) is { Exists: true } folder ? folder : new FileInfo(path);
        return info.LinkTarget is null ? info.FullName : Resolve(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
