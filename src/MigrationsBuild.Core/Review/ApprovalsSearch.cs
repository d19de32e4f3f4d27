namespace MigrationsBuild.Review;

/// <summary>Finds the approvals files in the folders that a build looks after, whether or not a context of it has them.</summary>
public static class ApprovalsSearch
{
    private static readonly HashSet<string> _skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules" };

    /// <summary>The files, in order.</summary>
    /// <param name="projectFolders">
    /// The folders of projects, each searched with all that is below it but build outputs, packages, folders that begin with a dot, and
    /// other projects.
    /// </param>
    /// <param name="contextFolders">The folders of migrations, which may be elsewhere.</param>
    public static IReadOnlyList<string> Find(IEnumerable<string> projectFolders, IEnumerable<string> contextFolders)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in projectFolders.Select(Path.GetFullPath).Distinct())
            AddTree(folder, isRoot: true, files);
        foreach (var folder in contextFolders.Where(Directory.Exists).Select(Path.GetFullPath).Distinct())
            files.UnionWith(Directory.EnumerateFiles(folder, "*" + ApprovalsFile.Extension));
        return [.. files];
    }

    private static void AddTree(string folder, bool isRoot, SortedSet<string> files)
    {
        var (found, below) = (new List<string>(), new List<string>());
        foreach (var entry in Entries(folder))
        {
            if (entry is DirectoryInfo)
            {
                // A link may lead back up, or out of the project.
                if (!_skipped.Contains(entry.Name) && entry.Name[0] != '.' && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    below.Add(entry.FullName);
            }
            else if (!isRoot && entry.Extension.EndsWith("proj", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
            else if (entry.Extension.Equals(ApprovalsFile.Extension, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(entry.FullName);
            }
        }

        files.UnionWith(found);
        below.ForEach(path => AddTree(path, isRoot: false, files));
    }

    /// <summary>Nothing of a folder that can't be read is part of the build.</summary>
    private static IReadOnlyList<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return [];
        }
    }
}
