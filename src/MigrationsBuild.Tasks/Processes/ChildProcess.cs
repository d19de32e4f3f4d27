using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// A process that a task starts. MSBuild's ToolTask reports lines of the application's output as errors, logs the environment variables
/// that it sets, and kills the process on cancellation.
/// </summary>
/// <param name="program">The program to run.</param>
/// <param name="arguments">Its arguments, not quoted.</param>
/// <param name="workingFolder">The current directory.</param>
internal sealed class ChildProcess(string program, IEnumerable<string> arguments, string workingFolder)
{
    private static readonly TimeSpan _outputPatience = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _outputEnd = new();
    private readonly ManualResetEventSlim _errorEnd = new();
    private readonly object _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Process? _process;
    private StreamWriter? _input;
    private long _end;
    private bool _isOver;

    /// <summary>Environment variables to set in addition to those of this process. They are not logged.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>The text for standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether standard input stays open after <see cref="Input"/>. Closing it then asks the process to exit.</summary>
    public bool EndsOnRequest { get; set; }

    /// <summary>The time that the process has to exit after it was asked to. After that it is killed.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the process runs code that may start other processes, which keep its output open until they exit.</summary>
    public bool MayLeaveChildren { get; set; }

    /// <summary>Called with every line of standard output.</summary>
    public Action<string> OnOutput { get; set; } = _ => { };

    /// <summary>Called with every line of standard error.</summary>
    public Action<string> OnError { get; set; } = _ => { };

    /// <summary>Starts the process. <see cref="Input"/> is sent later, by <see cref="Run"/>.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public void Start()
    {
        var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Pass(OnOutput, line.Data, _outputEnd);
        process.ErrorDataReceived += (_, line) => Pass(OnError, line.Data, _errorEnd);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, _input) = (process, process.StandardInput);
    }

    /// <summary>Runs the process until it exits.</summary>
    /// <param name="timeout">
    /// The time after which the process is killed, unless <see cref="Allow"/> changes it; <see cref="Timeout.InfiniteTimeSpan"/> for none.
    /// </param>
    /// <param name="cancellation">
    /// Asks the process to exit, and kills it after <see cref="Patience"/>. Without <see cref="EndsOnRequest"/> it is killed immediately.
    /// </param>
    /// <returns>The exit code; <see langword="null"/> if the process was killed because of the timeout.</returns>
    public int? Run(TimeSpan timeout, CancellationToken cancellation)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            Allow(timeout);
        if (_process is null)
            Start();
        using var process = _process!;
        var input = _input!;
        // On another thread: if the process hangs before it reads, writing blocks as soon as the pipe is full.
        new Thread(() => Send(input)) { IsBackground = true }.Start();
        using (var killing = new Timer(_ => Kill(process)))
        using (cancellation.Register(() => RequestEnd(process, input, killing)))
        {
            var hasEnded = WaitForEnd(process, timeout);
            if (!hasEnded)
                Kill(process);
            WaitForOutput();
            return hasEnded ? process.ExitCode : null;
        }
    }

    /// <summary>The id of the process that was started.</summary>
    public int Id => _process!.Id;

    /// <summary>Sends a line after <see cref="Input"/>, if standard input is still open.</summary>
    /// <param name="line">The line, without its line end.</param>
    public void WriteLine(string line) => Write(_input!, line + "\n");

    /// <summary>Changes the timeout of a process that has one.</summary>
    /// <param name="time">The timeout, starting now.</param>
    public void Allow(TimeSpan time) => Interlocked.Exchange(ref _end, _clock.ElapsedMilliseconds + (long)time.TotalMilliseconds);

    /// <summary>Kills a process that was started and isn't needed. It does nothing after <see cref="Run"/>.</summary>
    public void Abandon()
    {
        if (_process is not { } process || _isOver)
            return;
        lock (_lock)
            _isOver = true;
        using (process)
        {
            Close(_input!);
            Kill(process);
        }
    }

    /// <summary>
    /// Calls the framework's method with a limit. Without one it also waits until the output is closed, which may never happen.
    /// </summary>
    private bool WaitForEnd(Process process, TimeSpan timeout)
    {
        while (!process.WaitForExit(timeout == Timeout.InfiniteTimeSpan ? int.MaxValue : (int)Math.Min(1000, Math.Max(0, Remaining))))
        {
            if (timeout != Timeout.InfiniteTimeSpan && Remaining <= 0)
                return false;
        }

        return true;
    }

    private long Remaining => Interlocked.Read(ref _end) - _clock.ElapsedMilliseconds;

    private void WaitForOutput()
    {
        var patience = MayLeaveChildren ? _outputPatience : Timeout.InfiniteTimeSpan;
        if (_outputEnd.Wait(patience))
            _errorEnd.Wait(patience);
        lock (_lock)
            _isOver = true;
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(program, ArgumentsSetting.Join(arguments))
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var variable in Environment)
            start.Environment[variable.Key] = variable.Value;
        return start;
    }

    private void Pass(Action<string> listener, string? line, ManualResetEventSlim end)
    {
        if (line is null)
        {
            end.Set();
            return;
        }

        lock (_lock)
        {
            if (!_isOver)
                listener(line);
        }
    }

    private void Send(StreamWriter writer)
    {
        Write(writer, Input);
        if (!EndsOnRequest)
            Close(writer);
    }

    /// <summary>Writes bytes, because the writer uses the encoding of the console.</summary>
    private static void Write(StreamWriter writer, string text)
    {
        try
        {
            var bytes = SourceText.Utf8.GetBytes(text);
            writer.BaseStream.Write(bytes, 0, bytes.Length);
            writer.BaseStream.Flush();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The process has exited, or the build was cancelled.
        }
    }

    private void RequestEnd(Process process, StreamWriter input, Timer killing)
    {
        if (!EndsOnRequest)
        {
            Kill(process);
            return;
        }

        Close(input);
        killing.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    private static void Close(StreamWriter input)
    {
        try
        {
            input.Close();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The process has exited.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // The process has exited in the meantime, or is just exiting.
        }
    }
}
