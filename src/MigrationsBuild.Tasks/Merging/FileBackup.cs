using System.Text.RegularExpressions;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>The files of a folder before a change, and copies of those that it replaces, below <c>obj</c> until the next change.</summary>
internal sealed class FileBackup
{
    private readonly string _folder;
    private readonly HashSet<string> _before;
    private readonly List<(string Path, string Copy)> _copies = [];

    /// <summary>Copies files, in place of the previous backup.</summary>
    /// <param name="project">The project.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="replaced">The files that the change replaces or deletes. Their names are unique.</param>
    public FileBackup(ProjectDescription project, string folder, IEnumerable<string> replaced)
    {
        (_folder, _before) = (folder, new HashSet<string>(Directory.GetFiles(folder)));
        Folder = project.StateFile("rebase");
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var path in replaced.Where(File.Exists))
        {
            // The compiler must not find them below the project's folder.
            var copy = Path.Combine(Folder, Path.GetFileName(path) + ".bak");
            File.Copy(path, copy);
            _copies.Add((path, copy));
        }
    }

    /// <summary>The folder of the copies.</summary>
    public string Folder { get; }

    /// <summary>The files of migrations that were not in the folder before. Another program may have created other files.</summary>
    public IEnumerable<string> Created => Directory.GetFiles(_folder)
        .Where(path => !_before.Contains(path) && Regex.IsMatch(Path.GetFileName(path), "^[0-9]{14}_"));

    /// <summary>Restores the files, and deletes those that were created since.</summary>
    public void Restore()
    {
        foreach (var (path, copy) in _copies)
            File.Copy(copy, path, overwrite: true);
        foreach (var path in Created.ToList())
            File.Delete(path);
    }
}
