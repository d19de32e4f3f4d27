using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// The files that a publish generates, in a folder for this call only, so that two publishes at the same time don't copy each other's
/// files. The publish copies them after the task has ended. They are deleted when MSBuild disposes the registered objects at the end of
/// the build.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private readonly string _folder;

    private StagedFiles(string folder) => _folder = folder;

    /// <summary>Creates the folder.</summary>
    /// <param name="project">The project.</param>
    /// <param name="engine">The build. If it can't register objects, <c>dotnet clean</c> deletes the folder.</param>
    public static StagedFiles In(ProjectDescription project, IBuildEngine engine)
    {
        var staged = new StagedFiles(Path.Combine(project.StateFile("publish"), Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(staged._folder);
        var build = engine as IBuildEngine4;
        build?.RegisterTaskObject(staged._folder, staged, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return staged;
    }

    /// <summary>The path of a file in the folder.</summary>
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
            // `dotnet clean` deletes it.
        }
    }
}
