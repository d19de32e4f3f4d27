namespace MigrationsBuild.Testing;

/// <summary>
/// Several projects of a user, side by side, some of them extended by this repository's targets as the package would extend them.
/// </summary>
public sealed class TestSolution : IDisposable
{
    private readonly List<string> _projects = [];

    /// <summary>The folder that the projects' folders are in.</summary>
    public TestFolder Folder { get; } = new("Solution");

    /// <summary>The project files, relative.</summary>
    public IReadOnlyList<string> Projects => _projects;

    /// <summary>Adds a project, a C# one unless its name says otherwise: <c>Data</c>, <c>Reports.fsproj</c>.</summary>
    /// <param name="name">Its name, which is also its folder's.</param>
    /// <param name="packages">Its packages.</param>
    /// <param name="hasTargets">Whether it has our package.</param>
    /// <param name="references">Names of the projects that it references.</param>
    /// <param name="properties">More MSBuild properties, as XML.</param>
    /// <param name="items">More MSBuild items, as XML.</param>
    public TestSolution Add(
        string name, TestPackages packages, bool hasTargets, string[]? references = null, string properties = "", string items = "")
    {
        var file = Path.HasExtension(name) && Path.GetExtension(name).EndsWith("proj", StringComparison.Ordinal) ? name : name + ".csproj";
        var project = Path.GetFileNameWithoutExtension(file) + "/" + file;
        _projects.Add(project);
        items += string.Concat(
            (references ?? []).Select(reference => $"<ProjectReference Include=\"../{reference}/{reference}.csproj\" />"));
        Folder.Write(project, packages.Project(properties, items));
        if (hasTargets)
            TestPackages.WriteImports(Folder, project);
        return this;
    }

    /// <summary>Writes a source file.</summary>
    public TestSolution Write(string relative, string text)
    {
        Folder.Write(relative, text);
        return this;
    }

    /// <summary>Writes the solution file, whose extension says which format.</summary>
    /// <param name="file"><c>All.slnx</c> or <c>All.sln</c>.</param>
    public TestSolution WriteSolution(string file)
    {
        Folder.Write(file, file.EndsWith(".slnx", StringComparison.Ordinal)
            ? $"<Solution>{string.Concat(_projects.Select(project => $"<Project Path=\"{project}\" />"))}</Solution>"
            : Classic());
        return this;
    }

    /// <summary>Restores everything.</summary>
    public TestSolution Restore() => RunOnAll("Restore", _projects);

    /// <summary>Runs a target of several projects in one build, which must succeed.</summary>
    /// <param name="target">The target.</param>
    /// <param name="projects">The project files, relative.</param>
    /// <param name="properties">What the call says: <c>DbTo=base</c>.</param>
    public TestSolution RunOnAll(string target, IEnumerable<string> projects, params string[] properties)
    {
        Folder.Write("all.proj", $"""
            <Project>
              <Target Name="{target}"><MSBuild Projects="{string.Join(";", projects)}" Targets="{target}" /></Target>
            </Project>
            """);
        var result = Dotnet.Run(
            Folder.Path, ["msbuild", "all.proj", "-nologo", "-t:" + target, .. properties.Select(property => "-p:" + property)]);
        File.Delete(Folder["all.proj"]);
        return result.ExitCode == 0 ? this : throw new InvalidOperationException(result.ToString());
    }

    /// <summary>Runs <c>dotnet build</c>.</summary>
    /// <param name="project">What to build, relative: <c>App</c>, <c>All.slnx</c>.</param>
    /// <param name="arguments">More arguments.</param>
    public BuildResult Build(string project, params string[] arguments) => Build(null, project, arguments);

    /// <summary>Runs <c>dotnet build</c>.</summary>
    /// <param name="environment">Environment variables for it alone.</param>
    /// <param name="project">What to build, relative: <c>App</c>, <c>All.slnx</c>.</param>
    /// <param name="arguments">More arguments.</param>
    public BuildResult Build(IReadOnlyDictionary<string, string?>? environment, string project, params string[] arguments) =>
        Dotnet.Build(Folder.Path, ["build", project, "--no-restore", .. arguments], environment);

    /// <summary>Runs a verb, which must succeed.</summary>
    /// <param name="project">The project: <c>App</c>.</param>
    /// <param name="target">The verb's target.</param>
    /// <param name="properties">What the call says: <c>DbTo=base</c>.</param>
    public BuildResult Run(string project, string target, params string[] properties)
    {
        var result = Build(project, ["-t:" + target, .. properties.Select(property => "-p:" + property)]);
        return result.Succeeded ? result : throw new InvalidOperationException($"{target} failed.\n{result}");
    }

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();

    private string Classic()
    {
        var ids = _projects.ToDictionary(project => project, _ => Guid.NewGuid().ToString("B").ToUpperInvariant());
        return $$"""
            Microsoft Visual Studio Solution File, Format Version 12.00
            {{string.Concat(ids.Select(pair => Entry(pair.Key, pair.Value)))}}Global
            	GlobalSection(SolutionConfigurationPlatforms) = preSolution
            		Debug|Any CPU = Debug|Any CPU
            	EndGlobalSection
            	GlobalSection(ProjectConfigurationPlatforms) = postSolution
            {{string.Concat(ids.Values.Select(Configuration))}}	EndGlobalSection
            EndGlobal

            """;
    }

    private static string Entry(string path, string id) => $$"""
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "{{Path.GetFileNameWithoutExtension(path)}}", "{{path}}", "{{id}}"
        EndProject

        """;

    private static string Configuration(string id) =>
        $"\t\t{id}.Debug|Any CPU.ActiveCfg = Debug|Any CPU\n\t\t{id}.Debug|Any CPU.Build.0 = Debug|Any CPU\n";
}
