using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Copies of the files that a verb replaces or deletes, below <c>obj</c>: until the verb runs again, or until <c>dotnet clean</c>.
/// </summary>
internal sealed class KeptFiles
{
    private readonly List<(string Path, string Copy)> _copies = [];

    /// <summary>Copies files, in place of earlier copies.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The path of the copies below the folder of the project's state.</param>
    /// <param name="paths">The files, some of which may not exist. Their names are unique.</param>
    public KeptFiles(ProjectDescription project, string name, IEnumerable<string> paths)
    {
        Folder = project.StateFile(name);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var path in paths.Where(File.Exists))
        {
            var copy = Path.Combine(Folder, Path.GetFileName(path));
            File.Copy(path, copy);
            _copies.Add((path, copy));
        }
    }

    /// <summary>The folder of the copies.</summary>
    public string Folder { get; }

    /// <summary>Writes the files back.</summary>
    public void Restore() => _copies.ForEach(file => File.Copy(file.Copy, file.Path, overwrite: true));
}
