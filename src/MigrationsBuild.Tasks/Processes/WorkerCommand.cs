using MigrationsBuild.Files;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>The command that starts the worker with the dependencies of a project.</summary>
/// <param name="Program">The <c>dotnet</c> that runs it.</param>
/// <param name="Arguments">The arguments, not quoted.</param>
/// <param name="Folder">The current directory.</param>
/// <param name="Files">The files that the process reads when it starts.</param>
internal sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyList<string> Files)
{
    /// <summary>The command and the state of the files: what decides how the process starts.</summary>
    public string Stamp => string.Join("\n", [ToString(), Folder, .. Files.Select(path => path + "=" + FileStamp.Of(path))]);

    /// <summary>The command for a project that is built. It writes the worker's runtimeconfig.json.</summary>
    public static WorkerCommand For(ProjectDescription project)
    {
        var config = RuntimeConfig.Write(project);
        List<string> files = [config, project.WorkerPath];
        List<string> arguments = ["exec", "--runtimeconfig", config];
        if (File.Exists(project.DepsPath))
        {
            files.Add(project.DepsPath);
            arguments.AddRange(["--depsfile", project.DepsPath]);
        }

        foreach (var folder in project.List("PackageFolders").Where(Directory.Exists))
            arguments.AddRange(["--additionalprobingpath", folder.TrimEnd('/', '\\')]);
        arguments.Add(project.WorkerPath);
        return new WorkerCommand(project.DotnetPath, arguments, project.StartupFolder, files);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" ", Arguments.Prepend(Program));
}
