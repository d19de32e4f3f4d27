using System.Diagnostics;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Running;

/// <summary>A process that applies migrations.</summary>
public sealed class RunningProcess : IDisposable
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(2);

    private readonly Stopwatch _stopwatch = Stopwatch.StartNew();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly string _command;
    private bool _isKilled;

    /// <summary>Starts the process.</summary>
    /// <param name="folder">Its current directory.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="connection">The connection string, which goes into its environment.</param>
    public RunningProcess(string folder, IReadOnlyList<string> command, string connection)
    {
        _command = string.Join(" ", command);
        _process = CommandLine.Start(
            folder, command[0], command.Skip(1), new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = connection });
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    /// <returns>Whether it still ran.</returns>
    public bool Kill()
    {
        if (_process.HasExited)
            return false;
        _process.Kill();
        return _isKilled = true;
    }

    /// <summary>Waits until the process has ended.</summary>
    /// <param name="disturbance">What was done to it.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public async Task<Run> EndAsync(string disturbance = "")
    {
        using var timeout = new CancellationTokenSource(_timeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new TimeoutException(
                $"{_command}{disturbance} didn't end within {_timeout.TotalSeconds:0} s.\n{await _output}{await _error}");
        }

        return new Run(_command + disturbance, _isKilled ? null : _process.ExitCode, await _output + await _error, _stopwatch.Elapsed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
