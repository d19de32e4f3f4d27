using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// The files that a publish makes itself, in a folder of this call alone: two publishes of different settings at once must not copy
/// each other's. The publish copies them after the task has ended, so they stay until the build ends, when MSBuild disposes what a task
/// has registered.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private readonly string _folder;

    private StagedFiles(string folder) => _folder = folder;

    /// <summary>A new folder.</summary>
    /// <param name="project">The project.</param>
    /// <param name="engine">The build. One that registers nothing leaves the folder to <c>dotnet clean</c>.</param>
    public static StagedFiles In(ProjectDescription project, IBuildEngine engine)
    {
        var staged = new StagedFiles(Path.Combine(project.StateFile("publish"), Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(staged._folder);
        var build = engine as IBuildEngine4;
        build?.RegisterTaskObject(staged._folder, staged, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return staged;
    }

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="name">The file's name.</param>
    public string this[string name] => Path.Combine(_folder, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // `dotnet clean` removes it.
        }
    }
}
