using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Compiles the project with a draft. It uses the build's compiler and the command line of the last build, so that names are resolved and
/// analyzers run as they will in the next build.
/// </summary>
internal sealed class DraftCompiler(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>Whether this project produces an assembly, and its command line is known.</summary>
    public bool Compiles(string assembly) =>
        string.Equals(project["AssemblyName"], assembly, StringComparison.OrdinalIgnoreCase)
        && File.Exists(ArgumentsPath) && Compiler is not null && project["NoBuild"] != "true";

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
            var file = Path.Combine(folder, "arguments.rsp");
            File.WriteAllText(file, arguments.With(changes, folder).ToResponseFile());
            var (exitCode, errors) = Compile(file, cancellation);
            if (cancellation.IsCancellationRequested)
                throw new MigrationsException(DiagnosticCodes.Interrupted, "The build was cancelled. Nothing was written.");
            if (errors.Count > 0)
                throw new MigrationsException(new DraftErrors(draft, errors).ToDiagnostic());
            // The compiler failed to run, which is not the draft's fault.
            if (exitCode != 0)
                log.LogMessage(MessageImportance.High, "The draft couldn't be compiled: {0} ended with code {1}.", Compiler, exitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (int? ExitCode, IReadOnlyList<CompilerError> Errors) Compile(string responseFile, CancellationToken cancellation)
    {
        var errors = new List<CompilerError>();
        var isManaged = Compiler!.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        string[] arguments = [.. Server, "/noconfig", "/utf8output", "@" + responseFile];
        var process = new ChildProcess(
            isManaged ? project.DotnetPath : Compiler,
            isManaged ? ["exec", Compiler, .. arguments] : arguments,
            project.Folder)
        {
            OnOutput = line =>
            {
                log.LogMessage(MessageImportance.Low, "{0}", line);
                if (CompilerError.Parse(line, project.Folder) is { } error)
                    errors.Add(error);
            },
        };
        return (process.Run(Timeout.InfiniteTimeSpan, cancellation), errors);
    }

    /// <summary>The option for the compiler server, if the build uses it.</summary>
    private string[] Server => (project["UseSharedCompilation"], project["SharedCompilationId"]) switch
    {
        ("false", _) => [],
        (_, "") => ["/shared"],
        (_, var pipe) => ["/shared:" + pipe],
    };

    private string ArgumentsPath => project.StateFile("compiler-arguments");

    private string? Compiler => project.List("CompilerFolders")
        .SelectMany(folder => new[] { Path.Combine(folder, "csc.dll"), Path.Combine(folder, "csc.exe") })
        .FirstOrDefault(File.Exists);
}

/// <summary>An error of the C# compiler or of an analyzer.</summary>
/// <param name="Id">The id, such as <c>CS0246</c>.</param>
/// <param name="Text">The message.</param>
/// <param name="Location">The location, if there is one.</param>
internal sealed record CompilerError(string Id, string Text, Location? Location)
{
    private static readonly Regex _line = new(
        @"^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)(?:,\d+,\d+)?\): )?error (?<id>[A-Za-z]+[0-9]+): (?<text>.*)$");

    /// <summary>Whether it is an error of the compiler.</summary>
    public bool IsOfLanguage => Id.StartsWith("CS", StringComparison.Ordinal);

    /// <summary>Parses a line of the compiler's output.</summary>
    /// <param name="line">The line.</param>
    /// <param name="folder">The compiler's current directory.</param>
    /// <returns>The error; <see langword="null"/> if the line is not an error.</returns>
    public static CompilerError? Parse(string line, string folder)
    {
        var match = _line.Match(line);
        if (!match.Success)
            return null;
        var location = match.Groups["file"].Success
            ? new Location(Path.GetFullPath(Path.Combine(folder, match.Groups["file"].Value)), Number("line"), Number("column"))
            : null;
        return new CompilerError(match.Groups["id"].Value, match.Groups["text"].Value, location);
        int Number(string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
