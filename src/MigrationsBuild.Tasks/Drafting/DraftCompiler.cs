using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Compiles the project together with a draft: the build's own compiler, with the command line of the last build, so that names mean what
/// they will mean, and the project's analyzers have their say.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="log">The build's log.</param>
internal sealed class DraftCompiler(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>Whether the project is one that this can compile, and makes that assembly.</summary>
    /// <param name="assembly">The assembly that a draft belongs to.</param>
    public bool Compiles(string assembly) =>
        string.Equals(project["AssemblyName"], assembly, StringComparison.OrdinalIgnoreCase)
        && File.Exists(ArgumentsPath) && Compiler is not null && project["NoBuild"] != "true";

    /// <summary>Compiles, into a folder of its own.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="changes">The C# files that it changes, written.</param>
    /// <param name="cancellation">Becomes cancelled when the build is.</param>
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
            // A compiler that can't be run says nothing about the draft.
            if (exitCode != 0)
                log.LogMessage(MessageImportance.High, "The draft couldn't be compiled: {0} ended with {1}.", Compiler, exitCode);
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
            isManaged ? project.DotnetPath : Compiler, isManaged ? ["exec", Compiler, .. arguments] : arguments, project.Folder)
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

    /// <summary>The option for the compiler server, if the build uses it. The server has just compiled this project.</summary>
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
/// <param name="Id">Its id: <c>CS0246</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="Place">Where, if it says so.</param>
internal sealed record CompilerError(string Id, string Text, Place? Place)
{
    private static readonly Regex _line = new(@"^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)(?:,\d+,\d+)?\): )?error (?<id>[A-Za-z]+[0-9]+): (?<text>.*)$");

    /// <summary>Whether it is the language's, and not an analyzer's.</summary>
    public bool IsOfLanguage => Id.StartsWith("CS", StringComparison.Ordinal);

    /// <summary>Reads a line of the compiler's output; <see langword="null"/> if it is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="folder">The compiler's current directory.</param>
    public static CompilerError? Parse(string line, string folder)
    {
        var match = _line.Match(line);
        if (!match.Success)
            return null;
        var place = match.Groups["file"].Success
            ? new Place(Path.GetFullPath(Path.Combine(folder, match.Groups["file"].Value)), Number("line"), Number("column"))
            : null;
        return new CompilerError(match.Groups["id"].Value, match.Groups["text"].Value, place);
        int Number(string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
