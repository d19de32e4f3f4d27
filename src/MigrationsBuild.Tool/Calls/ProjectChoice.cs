using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tool.Calls;

/// <summary>The file that MSBuild builds: a project, or for some verbs a solution.</summary>
/// <param name="Path">The absolute path.</param>
internal sealed record ProjectChoice(string Path)
{
    private static readonly string[] _projects = [".csproj", ".vbproj", ".fsproj"];
    private static readonly string[] _solutions = [".sln", ".slnx", ".slnf"];

    public bool IsSolution => _solutions.Contains(System.IO.Path.GetExtension(Path), StringComparer.OrdinalIgnoreCase);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Finds the project or solution.</summary>
    /// <param name="named">The file or folder that the option names; <see langword="null"/> for the current folder.</param>
    /// <param name="takesSolution">Whether the verb accepts a solution.</param>
    /// <param name="verb">The verb, for messages.</param>
    /// <param name="option">The option, for messages.</param>
    /// <exception cref="MigrationsException">There is no project, or more than one.</exception>
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
            throw Unclear($"There are several projects in {path}: {Names(projects)}. {Select(option, projects)}");
        var solutions = Files(path, _solutions);
        if (solutions.Count == 1)
            return Check(new ProjectChoice(solutions[0]), takesSolution, verb, option);
        throw Unclear(solutions.Count > 1
            ? $"There is no project in {path}, and there are several solutions: {Names(solutions)}. {Select(option, solutions)}"
            : $"There is no project in {path}. Change to the project's folder, or name the project: {option} <path>");
    }

    private static ProjectChoice Check(ProjectChoice choice, bool takesSolution, string verb, string option)
    {
        if (takesSolution || !choice.IsSolution)
            return choice;
        throw Unclear(
            $"{verb} needs a project, and {System.IO.Path.GetFileName(choice.Path)} is a solution. Name the project: {option} <path>");
    }

    private static string Select(string option, List<string> candidates) =>
        $"Name one: {option} {System.IO.Path.GetFileName(candidates[0])}";

    private static List<string> Files(string folder, string[] extensions) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(file => extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal),
    ];

    private static string Names(IEnumerable<string> paths) => string.Join(", ", paths.Select(System.IO.Path.GetFileName));

    private static MigrationsException Unclear(string text) => new(DiagnosticCodes.WhichProject, text);
}
