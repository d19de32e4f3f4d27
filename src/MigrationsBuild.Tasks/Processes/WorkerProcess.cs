using System.IO.Pipes;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Starts the worker in the project's own dependency graph.</summary>
/// <param name="project">The project.</param>
/// <param name="log">Where the application's own output goes, quietly.</param>
public sealed class WorkerProcess(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>What the contexts connect to, by full name, if the request asked for it. Never logged.</summary>
    public IReadOnlyDictionary<string, MessageLine> Connections { get; private set; } = new Dictionary<string, MessageLine>();

    /// <summary>Puts a request to it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wantsConnections">Whether <see cref="Connections"/> is wanted.</param>
    /// <param name="cancellation">Becomes cancelled when the build is.</param>
    /// <returns>The answer; one that holds only a problem if the worker can't give any.</returns>
    public WorkerAnswer Ask(WorkerRequest request, bool wantsConnections, CancellationToken cancellation)
    {
        if (!File.Exists(project.AssemblyPath))
            return new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.NoVerdict, $"The model can't be compared with its migrations: there is no {project.AssemblyPath}, and this call builds nothing. Run first: dotnet build")]);
        Directory.CreateDirectory(project.StateFolder);
        File.Delete(request.AnswerPath);
        using var pipe = wantsConnections ? new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable) : null;
        var requestPath = project.StateFile("request");
        MessageFile.Write(requestPath, (request with { ConnectionPipe = pipe?.GetClientHandleAsString() ?? "" }).ToMessages());

        var errors = new StringBuilder();
        var arguments = Arguments(requestPath);
        log.LogMessage(MessageImportance.Low, "Starting the worker: {0} {1}", project.DotnetPath, string.Join(" ", arguments));
        var process = new ChildProcess(project.DotnetPath, arguments, project.StartupFolder)
        {
            OnOutput = line => log.LogMessage(MessageImportance.Low, "{0}", LogText.OneLine(Secrets.Mask(line))),
            OnError = line =>
            {
                log.LogMessage(MessageImportance.Low, "{0}", LogText.OneLine(Secrets.Mask(line)));
                errors.Append(line).Append('\n');
            },
        };

        // Hexadecimal, and known to the runtime as a variable only: collecting more often saves a twentieth of the memory.
        if (Environment.GetEnvironmentVariable("DOTNET_GCgen0size") is null)
            process.Environment["DOTNET_GCgen0size"] = "400000";
        Thread? reader = null;
        if (pipe is not null)
        {
            process.OnStarted = pipe.DisposeLocalCopyOfClientHandle;
            reader = new Thread(() => Connections = ReadConnections(pipe)) { IsBackground = true };
            reader.Start();
        }

        var exitCode = process.Run(request.Timeout + TimeSpan.FromSeconds(15), cancellation);
        reader?.Join(TimeSpan.FromSeconds(5));
        return ReadAnswer(request.AnswerPath) ?? new WorkerAnswer([], [NoAnswer(exitCode, errors.ToString())]);
    }

    private static WorkerAnswer? ReadAnswer(string path) => File.Exists(path) ? WorkerAnswer.From(MessageFile.Read(path)) : null;

    private static Dictionary<string, MessageLine> ReadConnections(Stream pipe)
    {
        using var reader = new StreamReader(pipe, SourceText.Utf8);
        var connections = new Dictionary<string, MessageLine>();
        while (reader.ReadLine() is { } line)
        {
            var message = MessageLine.Parse(line);
            connections[message["context"]] = message;
        }

        return connections;
    }

    private List<string> Arguments(string requestPath)
    {
        List<string> arguments = ["exec", "--runtimeconfig", RuntimeConfig.Write(project)];
        if (File.Exists(project.DepsPath))
            arguments.AddRange(["--depsfile", project.DepsPath]);
        foreach (var folder in project.List("PackageFolders").Where(Directory.Exists))
            arguments.AddRange(["--additionalprobingpath", folder.TrimEnd('/', '\\')]);
        return [.. arguments, project.WorkerPath, requestPath];
    }

    private Diagnostic NoAnswer(int? exitCode, string errors)
    {
        var last = errors.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        return new Diagnostic(
            DiagnosticCodes.NoVerdict,
            exitCode is null
                ? $"The model can't be compared with its migrations: the application's code hangs, and was ended after {project.Request().Timeout.TotalSeconds + 15:0} s"
                : $"The model can't be compared with its migrations: the process that loads {Path.GetFileName(project.AssemblyPath)} ended with code {exitCode} and no answer{(last.Length > 0 ? ": " + Secrets.Mask(last) : "")}. Run the same build with -v:d to see its output");
    }
}
