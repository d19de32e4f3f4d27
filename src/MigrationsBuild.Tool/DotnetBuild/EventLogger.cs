using System.Collections.Concurrent;
using System.IO.Pipes;
using Microsoft.Build.Framework;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// The logger that MSBuild loads instead of its console logger. It sends the lines and results of the tasks, and all warnings and errors,
/// to the tool: see <see cref="BuildEvents"/>.
/// </summary>
public sealed class EventLogger : ILogger, IDisposable
{
    /// <summary>The parameter after which the projects and their imports are sent as well.</summary>
    internal const string Recording = "Recording";

    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, string> _projects = new();
    private StreamWriter? _tool;

    /// <inheritdoc/>
    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Diagnostic;

    /// <summary>The name of the tool's pipe, and <see cref="Recording"/> after a vertical line.</summary>
    public string? Parameters { get; set; }

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        string[] parameters = [.. (Parameters ?? "").Split('|')];
        var pipe = new NamedPipeClientStream(".", parameters[0], PipeDirection.Out, PipeOptions.CurrentUserOnly);
        pipe.Connect(_connectTimeout);
        _tool = new StreamWriter(pipe, SourceText.Utf8) { AutoFlush = true };
        eventSource.ProjectStarted += (_, started) => _projects[IdOf(started)] = started.ProjectFile ?? "";
        eventSource.MessageRaised += (_, message) => Write(message);
        if (parameters.Contains(Recording))
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
        eventSource.BuildFinished += (_, finished) => Write(new MessageLine(BuildEvents.Finished).With("succeeded", finished.Succeeded));
    }

    /// <inheritdoc/>
    public void Shutdown() => Dispose();

    /// <summary>Disconnects from the tool.</summary>
    public void Dispose() => IfConnected(() => _tool?.Dispose());

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

    private void Write(string name, string? path)
    {
        if (path is { Length: > 0 })
            Write(new MessageLine(name).With("path", path));
    }

    private void Write(MessageLine message) => IfConnected(() => _tool?.Write(message + "\n"));

    private static void IfConnected(Action send)
    {
        try
        {
            send();
        }
        catch (IOException)
        {
            // The tool was killed. The build goes on: it may be in the middle of something.
        }
    }
}
