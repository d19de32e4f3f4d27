using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Tasks.Designers;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>A project, its start-up project and the projects that it references.</summary>
/// <param name="project">The project.</param>
/// <param name="inputs">The inputs of its model. The assembly of a referenced project has that project in its metadata.</param>
internal sealed class ReferencedProjects(ProjectDescription project, IReadOnlyList<ITaskItem> inputs)
{
    private const string SourceProject = "MSBuildSourceProjectFile";

    /// <summary>The projects in which contexts are searched for: the project itself first.</summary>
    public IReadOnlyList<MigrationsProject> All =>
        [.. WithAllEntities.Select(other => other with { WithoutEntities = WithoutEntities(other.AssemblyName) })];

    /// <summary>These projects, as if all their Designer files were compiled.</summary>
    public IReadOnlyList<MigrationsProject> WithAllEntities =>
    [
        new MigrationsProject(project["AssemblyName"], project.Folder)
        {
            RootNamespace = project["RootNamespace"],
            Language = project["Language"],
            MigrationsFolder = project.Settings.MigrationsFolder,
            MigrationsNamespace = project.Settings.MigrationsNamespace,
        },
        .. Startup,
        .. inputs.Where(input => input.GetMetadata(SourceProject).Length > 0)
            .Select(Referenced)
            .Where(other => other.AssemblyName != project["AssemblyName"]),
    ];

    /// <summary>
    /// The folders of the start-up project and the referenced projects. Reads no setting, because a setting may be invalid.
    /// </summary>
    public IEnumerable<string> Folders => inputs
        .Select(input => input.GetMetadata(SourceProject))
        .Append(project.StartupProject)
        .Where(file => file.Length > 0)
        .Select(file => Path.GetDirectoryName(file)!);

    /// <summary>
    /// The state folders of those of these projects that compile only their newest Designer files, by assembly name.
    /// </summary>
    public IReadOnlyDictionary<string, string> DesignerFolders
    {
        get
        {
            var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var input in inputs.Where(input => input.GetMetadata("MigrationsBuildDesigners").Length > 0))
                folders[Path.GetFileNameWithoutExtension(input.ItemSpec)] = input.GetMetadata("MigrationsBuildDesigners");
            if (!project.Settings.CompilesAllDesigners && project["Language"] == "C#")
                folders[project["AssemblyName"]] = project.StateFolder;
            return folders;
        }
    }

    private IReadOnlyList<string> WithoutEntities(string assembly) => !project.DesignerFolders.TryGetValue(assembly, out var folder) ? [] :
    [
        .. new DesignerList(folder).Read()
            .Where(designer => designer.Generated.Length > 0)
            .Select(designer => designer.File!.ClassName),
    ];

    private MigrationsProject[] Startup => project.StartupProject.Length == 0 ? [] :
    [
        new MigrationsProject(Path.GetFileNameWithoutExtension(project.AssemblyPath), Path.GetDirectoryName(project.StartupProject)!)
        {
            IsCheckedElsewhere = true,
        },
    ];

    /// <summary>
    /// The project of an assembly. A referenced project with the package says which build checks its migrations: its own, or that of its
    /// start-up project. The migrations of a project without the package are checked by the build of the project that references it.
    /// </summary>
    private MigrationsProject Referenced(ITaskItem input)
    {
        var file = input.GetMetadata(SourceProject);
        var checkedBy = input.GetMetadata("MigrationsBuildCheckedBy");
        var isCheckedByOther = checkedBy.Length > 0 && !string.Equals(checkedBy, project.FilePath, StringComparison.OrdinalIgnoreCase);
        return new MigrationsProject(Path.GetFileNameWithoutExtension(input.ItemSpec), Path.GetDirectoryName(file)!)
        {
            RootNamespace = input.GetMetadata("MigrationsBuildRootNamespace") is { Length: > 0 } name
                ? name
                : Path.GetFileNameWithoutExtension(file),
            Language = Path.GetExtension(file) switch { ".fsproj" => "F#", ".vbproj" => "VB", _ => "C#" },
            MigrationsFolder = input.GetMetadata("MigrationsBuildFolder"),
            MigrationsNamespace = input.GetMetadata("MigrationsBuildNamespace"),
            IsCheckedElsewhere = project.StartupProject.Length > 0 || isCheckedByOther,
        };
    }
}
