using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A runner that is running, and its output so far.</summary>
internal sealed class RunningRunner : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];

    public RunningRunner(MigrationSet set, Func<RunnerRequest, RunnerRequest>? change = null, string? connection = null)
    {
        _process = CommandLine.Start(set.Folder.Path, MigrationSet.Command[0], MigrationSet.Command[1..], set.Environment(connection));
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        CommandLine.Send(_process, set.Input("migrate", change));
    }

    public RunningRunner(MigrationSet set, RunSettings settings)
        : this(set, request => request with { Settings = settings })
    {
    }

    private string Output => string.Join("\n", _output);

    /// <summary>Waits until it has said something that contains this.</summary>
    public string WaitForLine(string piece)
    {
        Eventually.Holds(
            () => _output.Any(line => line.Contains(piece, StringComparison.Ordinal)), () => $"It didn't say \"{piece}\" but:\n{Output}");
        return MessageLine.Parse(_output.First(line => line.Contains(piece, StringComparison.Ordinal)))["text"];
    }

    public void Signal(string signal) => CommandLine.Run("/", "kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Answers its question, as the build does for a person.</summary>
    public void Answer(bool yes) => CommandLine.Send(_process, new MessageLine(RunnerMessages.Answer).With("yes", yes) + "\n");

    /// <summary>Interrupts it.</summary>
    /// <param name="signal"><c>INT</c>, <c>TERM</c>; or empty: a cancelled build closes the standard input of the process that it has
    /// started.</param>
    public void Interrupt(string signal)
    {
        if (signal.Length == 0)
            _process.StandardInput.Close();
        else
            Signal(signal);
    }

    /// <summary>Waits for its end.</summary>
    public RunnerResult End()
    {
        Assert.IsTrue(_process.WaitForExit(TimeSpan.FromMinutes(2)), Output);
        _process.WaitForExit();
        return RunnerResult.Of(new CommandResult("migrate", _process.ExitCode, Output, ""));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
