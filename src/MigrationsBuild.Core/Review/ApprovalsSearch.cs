using MigrationsBuild.Messages;

namespace MigrationsBuild.Review;

/// <summary>The approvals files in the folders that a build checks, whether or not they belong to one of its contexts.</summary>
/// <param name="Files">The paths of the files, sorted.</param>
/// <param name="Folders">
/// The folders that were searched, with the stamps that they had before. A search finds the same files as long as none has changed.
/// </param>
public sealed record ApprovalsSearch(IReadOnlyList<string> Files, IReadOnlyList<StampedFile> Folders)
{
    private static readonly HashSet<string> _skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules" };

    /// <summary>Searches for the files.</summary>
    /// <param name="projectFolders">
    /// The folders of projects. They are searched with their subfolders, except for build outputs, packages, folders whose names begin with
    /// a dot, and other projects.
    /// </param>
    /// <param name="contextFolders">The folders of migrations, which may be outside of the projects.</param>
    public static ApprovalsSearch Of(IEnumerable<string> projectFolders, IEnumerable<string> contextFolders)
    {
        var (files, folders) = (new SortedSet<string>(StringComparer.Ordinal), new List<StampedFile>());
        foreach (var folder in projectFolders.Select(Path.GetFullPath).Distinct())
            AddTree(folder, isRoot: true, files, folders);
        foreach (var folder in contextFolders.Select(Path.GetFullPath).Distinct())
        {
            folders.Add(StampedFile.Now(folder));
            if (Directory.Exists(folder))
                files.UnionWith(Directory.EnumerateFiles(folder, "*" + ApprovalsFile.Extension));
        }

        return new([.. files], folders);
    }

    private static void AddTree(string folder, bool isRoot, SortedSet<string> files, List<StampedFile> folders)
    {
        folders.Add(StampedFile.Now(folder));
        // Strings, because creating a FileInfo for each of thousands of files would take several times as long.
        var found = Entries(folder, Directory.EnumerateFiles);
        if (!isRoot && found.Exists(IsProject))
            return;
        files.UnionWith(found.Where(file => file.EndsWith(ApprovalsFile.Extension, StringComparison.OrdinalIgnoreCase)));
        foreach (var below in Entries(folder, Directory.EnumerateDirectories).Select(path => new DirectoryInfo(path)))
        {
            // A link may lead to a parent folder, or out of the project.
            if (!_skipped.Contains(below.Name) && below.Name[0] != '.' && !below.Attributes.HasFlag(FileAttributes.ReparsePoint))
                AddTree(below.FullName, isRoot: false, files, folders);
        }
    }

    private static bool IsProject(string file) =>
        file.EndsWith("proj", StringComparison.OrdinalIgnoreCase) && Path.GetExtension(file).Length > 0;

    /// <summary>The entries of a folder; none if it can't be read, because then it isn't part of the build.</summary>
    private static List<string> Entries(string folder, Func<string, IEnumerable<string>> enumerate)
    {
        try
        {
            return [.. enumerate(folder)];
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return [];
        }
    }
}
