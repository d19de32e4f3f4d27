
namespace MigrationsBuild.Contexts;

/// <summary>A project that may contain contexts or migrations: the project that is built, or one that it references.</summary>
/// <param name="AssemblyName">The name of its assembly.</param>
/// <param name="Folder">Its folder, as an absolute path.</param>
public sealed record MigrationsProject(string AssemblyName, string Folder)
{
    /// <summary>Its <c>RootNamespace</c>.</summary>
    public string RootNamespace { get; init; } = "";

    /// <summary>The name of its language in MSBuild.</summary>
    public string Language { get; init; } = "C#";

    /// <summary>The folder of new migrations, relative to the project; empty for <c>Migrations</c>.</summary>
    public string MigrationsFolder { get; init; } = "";

    /// <summary>The namespace of new migrations; empty if it follows from <see cref="RootNamespace"/> and the folder.</summary>
    public string MigrationsNamespace { get; init; } = "";

    /// <summary>
    /// The full names of the classes of migrations that are compiled without the entities of their models: see <c>DbCompileDesigners</c>.
    /// </summary>
    public IReadOnlyList<string> WithoutEntities { get; init; } = [];

    /// <summary>The paths of assemblies with models of such migrations, in classes of the same names.</summary>
    public IReadOnlyList<string> ModelsPaths { get; init; } = [];

    /// <summary>Whether the build of another project checks its migrations.</summary>
    public bool IsCheckedElsewhere { get; init; }
}
