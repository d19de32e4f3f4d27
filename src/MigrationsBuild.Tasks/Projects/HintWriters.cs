using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>
/// Selects the words for hints: those of <c>dotnet build</c>, or those of <c>dotnet db</c> if the tool has started the build.
/// </summary>
internal static class HintWriters
{
    private static readonly string[] _buildable = [".sln", ".slnx", ".slnf"];

    /// <summary>The writer for a call. Its commands name the project, unless the folder of the call contains only this one.</summary>
    public static HintWriter For(CallProperties call, ProjectDescription project)
    {
        var folder = project.CallFolder.TrimEnd('/', '\\');
        var path = folder.Length == 0 || IsOnlyProject(folder, project) ? "" : RelativePath.From(folder, project.FilePath);
        return call[ToolHints.Property] == ToolHints.Value ? new ToolHints(path) : new BuildHints(path);
    }

    /// <summary>Whether <c>dotnet build</c> without a path builds the project: the folder has no other project or solution.</summary>
    private static bool IsOnlyProject(string folder, ProjectDescription project) =>
        Path.GetDirectoryName(project.FilePath) == folder
        && Directory.EnumerateFiles(folder).Where(IsBuildable).All(path => path == project.FilePath);

    private static bool IsBuildable(string path) => Path.GetExtension(path) is var extension
        && (extension.EndsWith("proj", StringComparison.Ordinal) || _buildable.Contains(extension));
}
