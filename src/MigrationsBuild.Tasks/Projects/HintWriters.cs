using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>Who called the build: a person, or <c>dotnet db</c>, which says so by a property of the call.</summary>
internal static class HintWriters
{
    /// <summary>Words for the commands that messages name. In the build of a solution, they name the project to run the command on.</summary>
    /// <param name="call">The call.</param>
    /// <param name="project">The project.</param>
    public static HintWriter For(CallProperties call, ProjectDescription project)
    {
        // A verb is no target of a solution. MSBuild gives each of its projects the solution's folder, with a separator at its end.
        var solution = call["SolutionDir"].TrimEnd('/', '\\');
        var path = solution.Length > 0 && Path.IsPathRooted(solution) ? RelativePath.From(solution, project.FilePath) : "";
        return call[ToolHints.Property] == ToolHints.Value ? new ToolHints(path) : new BuildHints(path);
    }
}
