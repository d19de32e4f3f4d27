using System.Diagnostics;
using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// A process of ours. Not MSBuild's ToolTask: that takes lines of the application's own output for errors, writes the environment
/// that it passes on into the log, and kills on cancellation what could have ended in order.
/// </summary>
/// <param name="dotnetPath">The <c>dotnet</c> to run.</param>
/// <param name="arguments">Its arguments, one each.</param>
/// <param name="workingFolder">The current directory.</param>
internal sealed class ChildProcess(string dotnetPath, IEnumerable<string> arguments, string workingFolder)
{
    private static readonly TimeSpan _outputPatience = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _outputEnd = new();
    private readonly ManualResetEventSlim _errorEnd = new();
    private readonly object _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private StreamWriter? _input;
    private long _end;
    private bool _isOver;

    /// <summary>Environment variables that it gets besides ours. They are not logged.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>What it reads on standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether standard input stays open after <see cref="Input"/>: its end is then what asks the process to end.</summary>
    public bool EndsOnRequest { get; set; }

    /// <summary>How long it has to end when it is asked to. Then it is killed.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it runs code that may start processes: such a one holds its output open for as long as it lives.</summary>
    public bool MayLeaveChildren { get; set; }

    /// <summary>Is called with every line of standard output.</summary>
    public Action<string> OnOutput { get; set; } = _ => { };

    /// <summary>Is called with every line of standard error.</summary>
    public Action<string> OnError { get; set; } = _ => { };

    /// <summary>Runs it to its end.</summary>
    /// <param name="timeout">After this it is killed, unless <see cref="Allow"/> says otherwise; <see cref="Timeout.InfiniteTimeSpan"/>
    /// for never.</param>
    /// <param name="cancellation">Asks it to end, and kills it <see cref="Patience"/> later. A process that can't be asked is killed at
    /// once.</param>
    /// <returns>Its exit code, or <see langword="null"/> if it was killed for the timeout.</returns>
    public int? Run(TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo() };
        if (timeout != Timeout.InfiniteTimeSpan)
            Allow(timeout);
        process.OutputDataReceived += (_, line) => Pass(OnOutput, line.Data, _outputEnd);
        process.ErrorDataReceived += (_, line) => Pass(OnError, line.Data, _errorEnd);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var input = _input = process.StandardInput;
        // On a thread of its own: a process that hangs before it reads doesn't take more than a pipe holds.
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

    /// <summary>Sends a line after <see cref="Input"/>, if standard input is still open.</summary>
    /// <param name="line">The line, without its end.</param>
    public void WriteLine(string line) => Write(_input!, line + "\n");

    /// <summary>Gives a process that has a timeout more or less time than it had.</summary>
    /// <param name="time">The time from now on.</param>
    public void Allow(TimeSpan time) => Interlocked.Exchange(ref _end, _clock.ElapsedMilliseconds + (long)time.TotalMilliseconds);

    /// <summary>Without a limit the framework's own method waits for the end of the output too, which may never come.</summary>
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

    /// <summary>Waits for the last lines.</summary>
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
        var start = new ProcessStartInfo(dotnetPath, ArgumentsSetting.Join(arguments))
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

    /// <summary>Bytes, because the writer's encoding is the console's.</summary>
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
            // It has ended already, or the build was cancelled.
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
            // It has ended already.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
