using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Tool.Calls;

namespace MigrationsBuild.Tool.Setup;

/// <summary>Writes a pipeline, unless the repository has a file of that name.</summary>
internal sealed class PipelineStep(ProjectChoice project, Pipeline pipeline) : ISetupStep
{
    /// <inheritdoc/>
    public void Run(Action<FileChange> add, Action<Diagnostic> warn)
    {
        var git = GitFolder.Find(project.Folder) ?? throw new MigrationsException(
            DiagnosticCodes.NoRepository, $"{project.Folder} isn't in a git repository, so a pipeline has no location. Run: git init");
        var path = Path.Combine(git.Root, pipeline.File);
        var text = pipeline.TextFor(Path.GetRelativePath(git.Root, project.Path).Replace('\\', '/'));
        if (!File.Exists(path))
        {
            FileTransaction.WriteFile(path, text);
            add(new FileChange(path, "created") { Reverse = $"delete {FileChange.Argument(path)}" });
        }
        else if (File.ReadAllText(path).ReplaceLineEndings("\n") != text)
        {
            warn(new Diagnostic(
                DiagnosticCodes.PipelineExists,
                $"{pipeline.File} exists and is not changed. Add the steps: dotnet db explain {DiagnosticCodes.PipelineExists.Id}"));
        }
    }
}
