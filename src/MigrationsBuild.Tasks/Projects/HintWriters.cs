using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>
/// Selects the words for hints: those of <c>dotnet build</c>, or those of <c>dotnet db</c> if the tool has started the build.
/// </summary>
internal static class HintWriters
{
    /// <summary>The writer for a call. In the build of a solution, its commands name the project to run them on.</summary>
    public static HintWriter For(CallProperties call, ProjectDescription project)
    {
        // A solution has no targets for verbs. MSBuild gives each of its projects the solution's folder, with a separator at its end.
        var solution = call["SolutionDir"].TrimEnd('/', '\\');
        var path = solution.Length > 0 && Path.IsPathRooted(solution) ? RelativePath.From(solution, project.FilePath) : "";
        return call[ToolHints.Property] == ToolHints.Value ? new ToolHints(path) : new BuildHints(path);
    }
}
