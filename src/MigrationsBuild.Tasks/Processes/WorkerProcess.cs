using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Starts the worker with the dependencies of the project.</summary>
/// <param name="project">The project.</param>
/// <param name="log">The task's log. The application's own output is logged with low importance.</param>
internal sealed class WorkerProcess(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>The additional time in which the worker itself can report that a step took too long.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private string _step = "";

    /// <summary>The time between two progress lines.</summary>
    internal TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The connections of the contexts, by full name, if the request asked for them. Never logged.</summary>
    public IReadOnlyDictionary<string, MessageLine> Connections { get; private set; } = new Dictionary<string, MessageLine>();

    /// <summary>Sends a request.</summary>
    /// <returns>The answer. It contains only a problem if the worker fails.</returns>
    public WorkerAnswer Ask(WorkerRequest request, CancellationToken cancellation)
    {
        if (!File.Exists(project.AssemblyPath))
            return NoVerdict($"there is no {project.AssemblyPath}, and this call builds nothing. Run first: dotnet build");
        Directory.CreateDirectory(project.StateFolder);
        var errors = new StringBuilder();
        var process = Process(errors);
        using var lines = new ProgressLines(line => log.LogMessage(MessageImportance.High, "{0}", line), ProgressInterval);
        using var reader = new AnswerReader(progress =>
        {
            _step = progress.Text.Length > 0 ? progress.Text : _step;
            lines.At(progress.Text);
            process.Allow(progress.Limit + _patience);
        });
        process.Input = MessagePipe.Text((request with { AnswerPipe = reader.Handle }).ToMessages());
        var exitCode = process.Run(request.Timeout + _patience, cancellation);
        if (reader.End() is not { } messages)
        {
            var cancelled = new Diagnostic(DiagnosticCodes.Interrupted, "The build was cancelled before the migrations were checked.");
            return cancellation.IsCancellationRequested
                ? new WorkerAnswer([], [cancelled])
                : NoVerdict(Reason(exitCode, errors.ToString()));
        }

        Connections = messages.Where(message => message.Name == WorkerMessages.Connection).ToDictionary(message => message["context"]);
        var content = messages.Where(message => message.Name is not (WorkerMessages.Connection or WorkerMessages.Progress));
        return WorkerAnswer.From(content);
    }

    private ChildProcess Process(StringBuilder errors)
    {
        var arguments = Arguments();
        log.LogMessage(MessageImportance.Low, "Starting the worker: {0} {1}", project.DotnetPath, string.Join(" ", arguments));
        var process = new ChildProcess(project.DotnetPath, arguments, project.StartupFolder)
        {
            MayLeaveChildren = true,
            OnOutput = line => log.LogMessage(MessageImportance.Low, "{0}", LogText.OneLine(Secrets.Mask(line))),
            OnError = line =>
            {
                log.LogMessage(MessageImportance.Low, "{0}", LogText.OneLine(Secrets.Mask(line)));
                errors.Append(line).Append('\n');
            },
        };

        // A hexadecimal number; the runtime reads it from the environment only. A smaller generation 0 saves a twentieth of the memory.
        if (Environment.GetEnvironmentVariable("DOTNET_GCgen0size") is null)
            process.Environment["DOTNET_GCgen0size"] = "400000";
        return process;
    }

    private List<string> Arguments()
    {
        List<string> arguments = ["exec", "--runtimeconfig", RuntimeConfig.Write(project)];
        if (File.Exists(project.DepsPath))
            arguments.AddRange(["--depsfile", project.DepsPath]);
        foreach (var folder in project.List("PackageFolders").Where(Directory.Exists))
            arguments.AddRange(["--additionalprobingpath", folder.TrimEnd('/', '\\')]);
        return [.. arguments, project.WorkerPath];
    }

    private static WorkerAnswer NoVerdict(string why) =>
        new([], [new Diagnostic(DiagnosticCodes.NoVerdict, $"The model can't be compared with its migrations: {why}")]);

    private string Reason(int? exitCode, string errors)
    {
        var process = $"the process that loads {Path.GetFileName(project.AssemblyPath)}";
        if (exitCode is null)
            return $"{process} didn't respond and was stopped{(_step.Length > 0 ? $". Its last step: {_step}" : "")}";
        var last = errors.Split('\n').FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        var said = last.Length > 0 ? ": " + Secrets.Mask(last) : "";
        return $"{process} ended with code {exitCode} and no answer{said}. Run the same build with -v:d to see its output";
    }
}
