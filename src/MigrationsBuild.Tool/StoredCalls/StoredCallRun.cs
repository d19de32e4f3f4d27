using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>A verb that only reads, on a project in which nothing has changed: the runner is asked as the build would ask it.</summary>
internal static class StoredCallRun
{
    /// <summary>Runs it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="project">The project.</param>
    /// <returns>What it told; <see langword="null"/> if there is any doubt that a build would tell the same.</returns>
    public static CallReport? Try(VerbCall call, ProjectChoice project)
    {
        if (project.IsSolution || StoredCall.Find(call, project.Path) is not { } stored)
            return null;

        // It only reads, so it may begin while it is being found out whether its answer will be used.
        using var cancellation = new CancellationTokenSource();
        var told = Task.Run(() => new RunnerLoadContext(stored.Call["runner"]).RunAsync(stored.InputFor(call.Verb.Name), cancellation.Token));
        if (!stored.Holds(call))
        {
            cancellation.Cancel();
            return null;
        }

        // The project decides the severity of a warning.
        return told.GetAwaiter().GetResult() is { } messages && !messages.Any(message => message.Name == RunnerMessages.Diagnostic)
            ? Report(messages, project.Path)
            : null;
    }

    private static CallReport Report(IReadOnlyList<MessageLine> messages, string project)
    {
        var writer = new ToolHints();
        var report = new CallReport();
        report.Lines.AddRange(messages.Where(message => message.Name == RunnerMessages.Line)
            .Select(message => new ReportedLine(project, writer.Write(message["text"], message.Hints()))));
        report.Results.AddRange(messages.Where(message => message.Name != RunnerMessages.Line).Select(message => new ReportedResult(project, message)));
        return report;
    }
}
