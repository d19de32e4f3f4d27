using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Compiling;

/// <summary>The build's C# compiler.</summary>
internal sealed class CSharpCompiler(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>The name of the file in a project's state folder that holds the command line of its last compilation.</summary>
    public const string ArgumentsFile = "compiler-arguments";

    /// <summary>The compiler's path; <see langword="null"/> if it isn't known.</summary>
    public string? Path => project.List("CompilerFolders")
        .SelectMany(folder => new[] { System.IO.Path.Combine(folder, "csc.dll"), System.IO.Path.Combine(folder, "csc.exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>Compiles.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="folder">A folder for a file with these arguments.</param>
    /// <param name="cancellation">Cancels the compilation.</param>
    /// <returns>The exit code, and the errors.</returns>
    public (int? ExitCode, IReadOnlyList<CompilerError> Errors) Run(
        CompilerArguments arguments, string folder, CancellationToken cancellation)
    {
        var responseFile = System.IO.Path.Combine(folder, "arguments.rsp");
        File.WriteAllText(responseFile, arguments.ToResponseFile());
        var errors = new List<CompilerError>();
        var isManaged = Path!.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        string[] line = [.. Server, "/noconfig", "/utf8output", "@" + responseFile];
        var process = new ChildProcess(
            isManaged ? project.DotnetPath : Path,
            isManaged ? ["exec", Path, .. line] : line,
            arguments.Folder)
        {
            OnOutput = text =>
            {
                log.LogMessage(MessageImportance.Low, "{0}", text);
                if (CompilerError.Parse(text, arguments.Folder) is { } error)
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
