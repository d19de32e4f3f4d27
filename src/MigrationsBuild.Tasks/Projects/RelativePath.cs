namespace MigrationsBuild.Tasks.Projects;

/// <summary>Relative paths. netstandard2.0 has no <c>Path.GetRelativePath</c>.</summary>
internal static class RelativePath
{
    private static readonly char[] _separators = ['/', '\\'];

    /// <summary>Whether a path is below a folder. Both are absolute.</summary>
    public static bool IsBelow(string path, string folder) =>
        folder.Length > 0 && path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length
        && (IsSeparator(path[folder.Length]) || IsSeparator(folder[folder.Length - 1]));

    /// <summary>A path relative to a folder, such as <c>../Lib/Migrations</c>. It keeps its separators.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="path">An absolute path; returned unchanged if it is on another drive.</param>
    public static string From(string folder, string path)
    {
        if (IsBelow(path, folder))
            return path.Substring(folder.Length).TrimStart(_separators);
        var (from, to) = (folder.TrimEnd(_separators).Split(_separators), path.Split(_separators));
        var common = from.Zip(to, (one, other) => one == other).TakeWhile(same => same).Count();
        var isOnOtherDrive = common == 0 || to[0].Length > 0 && to[0] != from[0];
        return isOnOtherDrive
            ? path
            : string.Join(Path.DirectorySeparatorChar.ToString(), Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }

    private static bool IsSeparator(char c) => Array.IndexOf(_separators, c) >= 0;
}
