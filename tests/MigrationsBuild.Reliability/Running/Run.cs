namespace MigrationsBuild.Reliability.Running;

/// <summary>The result of a process that applied migrations.</summary>
/// <param name="Command">How it was started, and what was done to it.</param>
/// <param name="ExitCode">Its exit code; <see langword="null"/> if it was killed.</param>
/// <param name="Output">What it has said, on standard output and error.</param>
/// <param name="Time">From its start to its end.</param>
public sealed record Run(string Command, int? ExitCode, string Output, TimeSpan Time)
{
    /// <summary>Whether it reported that it waits for another run.</summary>
    public bool HasWaited => Output.Contains("Waiting for another run: pid ", StringComparison.Ordinal);

    /// <summary>Whether it found no server. A server that is starting doesn't count as one.</summary>
    public bool FoundNoServer => ExitCode == 1 && Output.Contains("MIG3001", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() =>
        $"$ {Command}\n{Output}{(ExitCode is { } code ? $"exit code {code}" : "killed")} after {Time.TotalSeconds:0.00} s\n";
}
