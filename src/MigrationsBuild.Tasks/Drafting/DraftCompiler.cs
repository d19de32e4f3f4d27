using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Compiling;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Compiles the project with a draft. It uses the build's compiler and the command line of the last build, so that names are resolved and
/// analyzers run as they will in the next build.
/// </summary>
internal sealed class DraftCompiler(ProjectDescription project, TaskLoggingHelper log)
{
    private readonly CSharpCompiler _compiler = new(project, log);

    /// <summary>Whether this project produces an assembly, and its command line is known.</summary>
    public bool Compiles(string assembly) =>
        string.Equals(project["AssemblyName"], assembly, StringComparison.OrdinalIgnoreCase)
        && File.Exists(ArgumentsPath) && _compiler.Path is not null && project["NoBuild"] != "true";

    /// <summary>Compiles the project with a draft into a temporary folder.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="changes">The C# files that the draft changes. They are already written.</param>
    /// <param name="cancellation">Cancels the compilation.</param>
    /// <exception cref="MigrationsException">There are errors, or the build was cancelled.</exception>
    public void Check(MigrationReport draft, IReadOnlyList<SourceChange> changes, CancellationToken cancellation)
    {
        var folder = project.StateFile("draft-" + Guid.NewGuid().ToString("N").Substring(0, 8));
        Directory.CreateDirectory(folder);
        try
        {
            var arguments = new CompilerArguments(File.ReadAllLines(ArgumentsPath), project.Folder);
            var (exitCode, errors) = _compiler.Run(arguments.With(changes, folder), folder, cancellation);
            if (cancellation.IsCancellationRequested)
                throw new MigrationsException(DiagnosticCodes.Interrupted, "The build was cancelled. Nothing was written.");
            if (errors.Count > 0)
                throw new MigrationsException(new DraftErrors(draft, errors).ToDiagnostic());
            // The compiler failed to run, which is not the draft's fault.
            if (exitCode != 0)
            {
                log.LogMessage(
                    MessageImportance.High, "The draft couldn't be compiled: {0} ended with code {1}.", _compiler.Path, exitCode);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string ArgumentsPath => project.StateFile(CSharpCompiler.ArgumentsFile);
}
