using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>A process of the worker. It exits when it has answered a request, or when this object is disposed.</summary>
internal sealed class RunningWorker : IDisposable
{
    private readonly ChildProcess _process;
    private readonly AnswerReader _reader;
    private readonly StringBuilder _errors = new();
    private Action<WorkerProgress> _onProgress = _ => { };
    private bool _isAsked;

    /// <summary>Starts the process. It prepares itself until it gets a request.</summary>
    /// <param name="command">The command that starts it.</param>
    /// <param name="profilePath">The path of its start-up profile.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public RunningWorker(WorkerCommand command, string profilePath)
    {
        Stamp = command.Stamp;
        _process = new ChildProcess(command.Program, command.Arguments, command.Folder) { MayLeaveChildren = true };
        // A hexadecimal number; the runtime reads it from the environment only. A smaller generation 0 saves a twentieth of the memory.
        if (Environment.GetEnvironmentVariable("DOTNET_GCgen0size") is null)
            _process.Environment["DOTNET_GCgen0size"] = "400000";
        _reader = new AnswerReader(progress => _onProgress(progress));
        try
        {
            _process.Start();
            _process.WriteLine(MessagePipe.Text(new WorkerStart(_reader.Handle, profilePath).ToMessages()));
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The path of the start-up profile of a project's workers.</summary>
    /// <param name="stateFolder">The package's own folder below <c>obj</c>.</param>
    public static string ProfileIn(string stateFolder) => Path.Combine(stateFolder, "worker.profile");

    /// <summary>The <see cref="WorkerCommand.Stamp"/> of the command that has started it, at that time.</summary>
    public string Stamp { get; }

    /// <summary>What it has written to standard error.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Whether it has begun to answer. Otherwise it has never seen the request.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Sends the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The time for the first step, and for the exit after each further step's own limit.</param>
    /// <param name="log">Gets the application's own output, with low importance.</param>
    /// <param name="onProgress">Called on another thread when the worker begins a step.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <returns>
    /// The exit code, <see langword="null"/> if it was stopped because it didn't respond, and the messages of the answer,
    /// <see langword="null"/> if there is none.
    /// </returns>
    public (int? ExitCode, IReadOnlyList<MessageLine>? Messages) Ask(
        WorkerRequest request,
        TimeSpan timeout,
        TaskLoggingHelper log,
        Action<WorkerProgress> onProgress,
        CancellationToken cancellation)
    {
        _isAsked = true;
        void LogLine(string line) => log.LogMessage(MessageImportance.Low, "{0}", LogText.OneLine(Secrets.Mask(line)));
        _process.OnOutput = LogLine;
        _process.OnError = line =>
        {
            LogLine(line);
            _errors.Append(line).Append('\n');
        };
        _onProgress = progress =>
        {
            HasBegun = true;
            onProgress(progress);
        };
        _process.Input = MessagePipe.Text(request.ToMessages());
        var exitCode = _process.Run(timeout, cancellation);
        var messages = _reader.End();
        HasBegun |= messages is not null;
        return (exitCode, messages);
    }

    /// <summary>Changes the timeout.</summary>
    /// <param name="time">The timeout, starting now.</param>
    public void Allow(TimeSpan time) => _process.Allow(time);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isAsked)
        {
            _process.Abandon();
            _reader.End();
        }

        _reader.Dispose();
    }
}
