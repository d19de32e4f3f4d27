using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>Copies of files below <c>obj</c>, until the next backup.</summary>
internal sealed class FileBackup
{
    private readonly List<(string Path, string Copy)> _files = [];

    /// <summary>Copies files, in place of the previous backup.</summary>
    /// <param name="project">The project.</param>
    /// <param name="paths">The files. Their names are unique.</param>
    public FileBackup(ProjectDescription project, IEnumerable<string> paths)
    {
        Folder = project.StateFile("rebase");
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var path in paths.Where(File.Exists))
        {
            // The compiler must not find them below the project's folder.
            var copy = Path.Combine(Folder, Path.GetFileName(path) + ".bak");
            File.Copy(path, copy);
            _files.Add((path, copy));
        }
    }

    /// <summary>The folder of the copies.</summary>
    public string Folder { get; }

    /// <summary>Restores all files.</summary>
    public void Restore()
    {
        foreach (var (path, copy) in _files)
            File.Copy(copy, path, overwrite: true);
    }
}
