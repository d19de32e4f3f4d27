using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// What MSBuild loads instead of its console logger: it tells the tool of our lines and results and of warnings and errors, as they
/// come, one message a line on standard output.
/// </summary>
public sealed class EventLogger : ILogger
{
    /// <summary>The parameter by which it also tells of projects and their imports.</summary>
    public const string Recording = "Recording";

    private readonly ConcurrentDictionary<int, string> _projects = new();

    /// <inheritdoc/>
    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Diagnostic;

    /// <inheritdoc/>
    public string? Parameters { get; set; }

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        eventSource.ProjectStarted += (_, started) => _projects[started.BuildEventContext?.ProjectContextId ?? 0] = started.ProjectFile ?? "";
        eventSource.MessageRaised += (_, message) => Tell(message);
        if (Parameters == Recording)
        {
            eventSource.StatusEventRaised += (_, status) => Write(BuildEvents.Project, (status as ProjectEvaluationStartedEventArgs)?.ProjectFile);
            eventSource.MessageRaised += (_, message) => Write(BuildEvents.Import, (message as ProjectImportedEventArgs)?.ImportedProjectFile);
        }

        eventSource.WarningRaised += (_, warning) => Write(Diagnostic("warning", warning.Code, warning.Message, warning.File, warning.LineNumber, warning.ColumnNumber, warning.HelpLink, warning));
        eventSource.ErrorRaised += (_, error) => Write(Diagnostic("error", error.Code, error.Message, error.File, error.LineNumber, error.ColumnNumber, error.HelpLink, error));
        eventSource.BuildFinished += (_, _) => Write(new MessageLine(BuildEvents.Finished));
    }

    /// <inheritdoc/>
    public void Shutdown()
    {
    }

    private void Tell(BuildMessageEventArgs message)
    {
        switch ((message as ExtendedBuildMessageEventArgs)?.ExtendedType)
        {
            case "MigrationsBuild.Line":
                Write(new MessageLine(BuildEvents.Line).With("text", message.Message).With("project", ProjectOf(message)));
                break;
            case "MigrationsBuild.Question":
                Write(new MessageLine(BuildEvents.Question).With("text", message.Message));
                break;
            case "MigrationsBuild.Result":
                Write(new MessageLine(BuildEvents.Result).With("data", ((ExtendedBuildMessageEventArgs)message).ExtendedData).With("project", ProjectOf(message)));
                break;
            default:
                break;
        }
    }

    private MessageLine Diagnostic(string severity, string? code, string? text, string? file, int line, int column, string? help, BuildEventArgs of) =>
        new MessageLine(BuildEvents.Diagnostic).With("severity", severity).With("code", code).With("text", text)
            .With("file", file).With("line", line).With("column", column).With("help", help).With("project", ProjectOf(of));

    private string? ProjectOf(BuildEventArgs of) => _projects.GetValueOrDefault(of.BuildEventContext?.ProjectContextId ?? 0);

    private static void Write(string name, string? path)
    {
        if (path is { Length: > 0 })
            Write(new MessageLine(name).With("path", path));
    }

    // Console.Out, not the stream: MSBuild's server redirects it to the process that asked.
    private static void Write(MessageLine message) => Console.Out.WriteLine(message.ToString());
}
