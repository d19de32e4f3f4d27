using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// The logger that MSBuild loads instead of its console logger. It writes the lines and results of the tasks, and all warnings and errors,
/// to standard output: see <see cref="BuildEvents"/>.
/// </summary>
public sealed class EventLogger : ILogger
{
    /// <summary>The parameter for also writing the projects and their imports.</summary>
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
        eventSource.ProjectStarted += (_, started) => _projects[IdOf(started)] = started.ProjectFile ?? "";
        eventSource.MessageRaised += (_, message) => Write(message);
        if (Parameters == Recording)
        {
            eventSource.StatusEventRaised += (_, status) =>
                Write(BuildEvents.Project, (status as ProjectEvaluationStartedEventArgs)?.ProjectFile);
            eventSource.MessageRaised += (_, message) =>
                Write(BuildEvents.Import, (message as ProjectImportedEventArgs)?.ImportedProjectFile);
        }

        eventSource.WarningRaised += (_, warning) => Write(Diagnostic("warning", warning)
            .With("code", warning.Code)
            .With("file", warning.File)
            .With("line", warning.LineNumber)
            .With("column", warning.ColumnNumber)
            .With("help", warning.HelpLink));
        eventSource.ErrorRaised += (_, error) => Write(Diagnostic("error", error)
            .With("code", error.Code)
            .With("file", error.File)
            .With("line", error.LineNumber)
            .With("column", error.ColumnNumber)
            .With("help", error.HelpLink));
        eventSource.BuildFinished += (_, _) => Write(new MessageLine(BuildEvents.Finished));
    }

    /// <inheritdoc/>
    public void Shutdown()
    {
    }

    private void Write(BuildMessageEventArgs message)
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
                Write(new MessageLine(BuildEvents.Result)
                    .With("data", ((ExtendedBuildMessageEventArgs)message).ExtendedData)
                    .With("project", ProjectOf(message)));
                break;
            default:
                break;
        }
    }

    private MessageLine Diagnostic(string severity, BuildEventArgs diagnostic) => new MessageLine(BuildEvents.Diagnostic)
        .With("severity", severity)
        .With("text", diagnostic.Message)
        .With("project", ProjectOf(diagnostic));

    private string? ProjectOf(BuildEventArgs arguments) => _projects.GetValueOrDefault(IdOf(arguments));

    private static int IdOf(BuildEventArgs arguments) => arguments.BuildEventContext?.ProjectContextId ?? 0;

    private static void Write(string name, string? path)
    {
        if (path is { Length: > 0 })
            Write(new MessageLine(name).With("path", path));
    }

    // Console.Out and not the stream, because MSBuild's server redirects Console.Out to the process that has requested the build.
    private static void Write(MessageLine message) => Console.Out.WriteLine(message.ToString());
}
