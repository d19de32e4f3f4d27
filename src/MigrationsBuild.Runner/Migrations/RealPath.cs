namespace MigrationsBuild.Runner.Migrations;

/// <summary>Where a path leads, all links followed. .NET follows only the last part's.</summary>
internal static class RealPath
{
    /// <summary>Follows the links of every part of a path; what doesn't exist is no link.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            FileSystemInfo info = new DirectoryInfo(Path.Combine(real, part)) is { Exists: true } folder ? folder : new FileInfo(Path.Combine(real, part));
            real = info.LinkTarget is null ? info.FullName : Of(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return real;
    }

    /// <summary>Whether a path is below a folder, by their texts alone.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="folder">An absolute path.</param>
    public static bool IsWithin(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
