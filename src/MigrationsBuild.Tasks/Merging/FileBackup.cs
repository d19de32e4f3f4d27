using System.Text.RegularExpressions;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>The files of a folder before a change, with copies of those that it replaces.</summary>
/// <param name="project">The project.</param>
/// <param name="folder">The folder.</param>
/// <param name="replaced">The files that the change replaces or deletes. Their names are unique.</param>
internal sealed class FileBackup(ProjectDescription project, string folder, IEnumerable<string> replaced)
{
    private readonly HashSet<string> _before = [.. Directory.GetFiles(folder)];
    private readonly KeptFiles _kept = new(project, "rebase", replaced);

    /// <summary>The folder of the copies.</summary>
    public string Folder => _kept.Folder;

    /// <summary>The files of migrations that were not in the folder before. Another program may have created other files.</summary>
    public IEnumerable<string> Created => Directory.GetFiles(folder)
        .Where(path => !_before.Contains(path) && Regex.IsMatch(Path.GetFileName(path), "^[0-9]{14}_"));

    /// <summary>Restores the files, and deletes those that were created since.</summary>
    public void Restore()
    {
        _kept.Restore();
        foreach (var path in Created.ToList())
            File.Delete(path);
    }
}
