using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
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
    /// <param name="profilePath">See <see cref="WorkerStart.ProfilePath"/>.</param>
    /// <param name="isEarly">Whether the projects are compiled before the request follows.</param>
    /// <param name="writesCode">Whether the request will ask for C#.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public RunningWorker(WorkerCommand command, string profilePath, bool isEarly = false, bool writesCode = false)
    {
        Stamp = StampOf(command);
        _process = new ChildProcess(command.Program, command.Arguments, command.Folder) { MayLeaveChildren = true };
        // A smaller generation 0 saves a twentieth of the memory.
        SetOption("DOTNET_GCgen0size", "400000");
        // In seconds. On Windows the runtime ends a start-up profile after twelve, and the compilation may take longer.
        SetOption("DOTNET_MultiCoreJitProfileWriteDelay", "C8");
        // W^X costs about 5% of the processor time. The worker runs only code that the user's builds already trust.
        SetOption("DOTNET_EnableWriteXorExecute", "0");
        _reader = new AnswerReader(progress => _onProgress(progress));
        try
        {
            _process.Start();
            _process.WriteLine(MessagePipe.Text(new WorkerStart(_reader.Handle, profilePath, isEarly, writesCode).ToMessages()));
        }
        catch
        {
            _reader.End();
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The <see cref="WorkerStart.ProfilePath"/> of a project's workers.</summary>
    /// <param name="stateFolder">The package's own folder below <c>obj</c>.</param>
    public static string ProfileIn(string stateFolder) => Path.Combine(stateFolder, "worker.profile");

    /// <summary>The result of <see cref="StampOf"/> when it was started.</summary>
    public string Stamp { get; }

    /// <summary>Everything that decides how a process of a command starts now.</summary>
    public static string StampOf(WorkerCommand command) =>
        command.Stamp + "\n" + EnvironmentFingerprint.Of(EnvironmentFingerprint.IsOfMSBuild);

    /// <summary>What it has written to standard error.</summary>
    public string Errors => _errors.ToString();

    /// <summary>Whether it has begun to answer. Otherwise it has run no code of the application.</summary>
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

    /// <summary>Sets an option of the runtime that it reads from the environment only, unless the user has set it.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">A hexadecimal number.</param>
    private void SetOption(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
            _process.Environment[name] = value;
    }

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
