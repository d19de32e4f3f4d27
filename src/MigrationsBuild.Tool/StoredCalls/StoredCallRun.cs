using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>Runs a verb without a build, if nothing has changed since the last one and the verb changes nothing.</summary>
internal static class StoredCallRun
{
    /// <summary>Runs the stored call.</summary>
    /// <returns>The report; <see langword="null"/> if a build might give a different one.</returns>
    public static CallReport? Try(VerbCall call, ProjectChoice project)
    {
        if (project.IsSolution || StoredCall.Find(call, project.Path) is not { } stored)
            return null;

        // The run writes nothing, so it can start before the stamps are checked.
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() =>
            new RunnerLoadContext(stored.Call["runner"]).RunAsync(stored.InputFor(call), cancellation.Token));
        if (!stored.Holds(call))
        {
            cancellation.Cancel();
            return null;
        }

        // The severity of a diagnostic depends on the project's settings, so a build has to report it.
        return run.GetAwaiter().GetResult() is { } messages && !messages.Any(message => message.Name == RunnerMessages.Diagnostic)
            ? Report(messages, project.Path, stored.Call["context-to-name"])
            : null;
    }

    private static CallReport Report(IReadOnlyList<MessageLine> messages, string project, string context)
    {
        var writer = new ToolHints();
        var report = new CallReport();
        report.Lines.AddRange(messages.Where(message => message.Name == RunnerMessages.Line)
            .Select(message => (Text: message["text"], Hints: message.Hints().Select(hint => hint.InContext(context)).ToList()))
            .Select(line => new ReportedLine(project, writer.Write(line.Text, line.Hints))));
        report.Results.AddRange(messages.Where(message => message.Name != RunnerMessages.Line)
            .Select(message => new ReportedResult(project, message)));
        return report;
    }
}
