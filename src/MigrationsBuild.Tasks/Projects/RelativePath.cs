namespace MigrationsBuild.Tasks.Projects;

/// <summary>Paths relative to a folder, which netstandard2.0 can't make.</summary>
internal static class RelativePath
{
    private static readonly char[] _separators = ['/', '\\'];

    /// <summary>Whether a path is below a folder.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="folder">The folder, absolute.</param>
    public static bool IsBelow(string path, string folder) =>
        folder.Length > 0 && path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length
        && Array.IndexOf(_separators, path[folder.Length]) >= 0;

    /// <summary>A path as seen from a folder: <c>../Lib/Migrations</c>, with the separators that it has.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="path">An absolute path; one on another drive comes back as it is.</param>
    public static string From(string folder, string path)
    {
        if (IsBelow(path, folder))
            return path.Substring(folder.Length + 1);
        var (from, to) = (folder.TrimEnd(_separators).Split(_separators), path.Split(_separators));
        var common = from.Zip(to, (one, other) => one == other).TakeWhile(same => same).Count();
        var isOnOtherDrive = common == 0 || to[0].Length > 0 && to[0] != from[0];
        return isOnOtherDrive
            ? path
            : string.Join(Path.DirectorySeparatorChar.ToString(), Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }
}
