using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tool.Calls;

/// <summary>The file that MSBuild gets: a project, or a solution for verbs that run over one.</summary>
/// <param name="Path">Absolute path.</param>
internal sealed record ProjectChoice(string Path)
{
    private static readonly string[] _projects = [".csproj", ".vbproj", ".fsproj"];
    private static readonly string[] _solutions = [".sln", ".slnx", ".slnf"];

    public bool IsSolution => _solutions.Contains(System.IO.Path.GetExtension(Path), StringComparer.OrdinalIgnoreCase);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The one in a folder, or the one that was named.</summary>
    /// <param name="named">What <c>--project</c> says.</param>
    /// <param name="takesSolution">Whether a solution will do.</param>
    /// <param name="verb">The verb, for what is said.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="MigrationsException">There is none, or there are several.</exception>
    public static ProjectChoice Find(string? named, bool takesSolution, string verb, string option = "--project")
    {
        var path = System.IO.Path.GetFullPath(named ?? ".");
        if (File.Exists(path))
            return Check(new ProjectChoice(path), takesSolution, verb, option);
        if (!Directory.Exists(path))
            throw Unclear($"There is no {path}. Name a project: {option} <path>");
        var projects = Files(path, _projects);
        if (projects.Count == 1)
            return new ProjectChoice(projects[0]);
        if (projects.Count > 1)
            throw Unclear($"There are several projects in {path}: {Names(projects)}. Say which: {option} {System.IO.Path.GetFileName(projects[0])}");
        var solutions = Files(path, _solutions);
        if (solutions.Count == 1)
            return Check(new ProjectChoice(solutions[0]), takesSolution, verb, option);
        throw Unclear(solutions.Count > 1
            ? $"There is no project in {path}, and there are several solutions: {Names(solutions)}. Say which: {option} {System.IO.Path.GetFileName(solutions[0])}"
            : $"There is no project in {path}. Go to the project's folder, or name it: {option} <path>");
    }

    private static ProjectChoice Check(ProjectChoice choice, bool takesSolution, string verb, string option) => takesSolution || !choice.IsSolution
        ? choice
        : throw Unclear($"{verb} works on one project, and {System.IO.Path.GetFileName(choice.Path)} is a solution. Name the project: {option} <path>");

    private static List<string> Files(string folder, string[] extensions) =>
        [.. Directory.EnumerateFiles(folder).Where(file => extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static string Names(IEnumerable<string> paths) => string.Join(", ", paths.Select(System.IO.Path.GetFileName));

    private static MigrationsException Unclear(string text) => new(DiagnosticCodes.WhichProject, text);
}
