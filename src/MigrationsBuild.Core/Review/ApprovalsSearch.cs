namespace MigrationsBuild.Review;

/// <summary>Finds the approvals files in the folders that a build checks, whether or not they belong to one of its contexts.</summary>
public static class ApprovalsSearch
{
    private static readonly HashSet<string> _skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules" };

    /// <summary>The paths of the files, sorted.</summary>
    /// <param name="projectFolders">
    /// The folders of projects. They are searched with their subfolders, except for build outputs, packages, folders whose names begin with
    /// a dot, and other projects.
    /// </param>
    /// <param name="contextFolders">The folders of migrations, which may be outside of the projects.</param>
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
                // A link may lead to a parent folder, or out of the project.
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

    /// <summary>The entries of a folder; none if it can't be read, because then it isn't part of the build.</summary>
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
