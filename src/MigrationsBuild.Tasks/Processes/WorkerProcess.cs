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
    internal TimeSpan ProgressInterval { get; init; } = ProgressLines.Interval;

    /// <summary>The connections of the contexts, by full name, if the request asked for them. Never logged.</summary>
    public IReadOnlyDictionary<string, MessageLine> Connections { get; private set; } = new Dictionary<string, MessageLine>();

    /// <summary>Sends a request: to the worker that this build has started early, or else to a new one.</summary>
    /// <returns>The answer. It contains only a problem if the worker fails.</returns>
    public WorkerAnswer Ask(WorkerRequest request, CancellationToken cancellation)
    {
        if (!File.Exists(project.AssemblyPath))
            return NoVerdict($"there is no {project.AssemblyPath}, and this call builds nothing. Run first: dotnet build");
        Directory.CreateDirectory(project.StateFolder);
        var command = WorkerCommand.For(project);
        var profile = RunningWorker.ProfileIn(project.StateFolder);
        string[] profiles = [profile, WorkerStart.CodeProfileBeside(profile)];
        using (var early = (RunningWorker?)project.EarlyWorkers.Take(project.StateFolder))
        {
            if (early is not null && early.Stamp == RunningWorker.StampOf(command) && TryAsk(early, request, cancellation, out var answer))
                return answer;
        }

        if (Array.Exists(profiles, File.Exists))
        {
            using var worker = Start(command, profile, request);
            if (TryAsk(worker, request, cancellation, out var answer))
                return answer;
            Array.ForEach(profiles, DeleteDamaged);
        }

        using var last = Start(command, Array.Exists(profiles, File.Exists) ? "" : profile, request);
        TryAsk(last, request, cancellation, out var result);
        return result;
    }

    private RunningWorker Start(WorkerCommand command, string profile, WorkerRequest request)
    {
        log.LogMessage(MessageImportance.Low, "Starting the worker: {0}", command);
        return new RunningWorker(command, profile, writesCode: request.WritesCode);
    }

    /// <summary>Sends a request to a worker.</summary>
    /// <returns>Whether the worker has begun to answer, or the build was cancelled. Otherwise another worker may be asked.</returns>
    private bool TryAsk(RunningWorker worker, WorkerRequest request, CancellationToken cancellation, out WorkerAnswer answer)
    {
        using var lines = new ProgressLines(line => log.LogMessage(MessageImportance.High, "{0}", line), ProgressInterval);
        void OnProgress(WorkerProgress progress)
        {
            _step = progress.Text.Length > 0 ? progress.Text : _step;
            lines.At(progress.Text);
            worker.Allow(progress.Limit + _patience);
        }

        var (exitCode, messages) = worker.Ask(request, request.Timeout + _patience, log, OnProgress, cancellation);
        answer = messages is not null ? Answer(messages)
            : cancellation.IsCancellationRequested ? new WorkerAnswer([], [Cancelled])
            : NoVerdict(Reason(exitCode, worker.Errors));
        return worker.HasBegun || cancellation.IsCancellationRequested;
    }

    /// <summary>Deletes a profile that may have ended a process.</summary>
    private void DeleteDamaged(string profile)
    {
        try
        {
            File.Delete(profile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogMessage(MessageImportance.Low, "{0} can't be deleted: {1}", profile, failure.Message);
        }
    }

    private static Diagnostic Cancelled =>
        new(DiagnosticCodes.Interrupted, "The build was cancelled before the migrations were checked.");

    private WorkerAnswer Answer(IReadOnlyList<MessageLine> messages)
    {
        Connections = messages.Where(message => message.Name == WorkerMessages.Connection).ToDictionary(message => message["context"]);
        var content = messages.Where(message => message.Name is not (WorkerMessages.Connection or WorkerMessages.Progress));
        return WorkerAnswer.From(content);
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
