namespace MigrationsBuild.Reliability.Running;

/// <summary>What a process that migrates has done.</summary>
/// <param name="Command">How it was started, and what was done to it.</param>
/// <param name="ExitCode">Its exit code; <see langword="null"/> if it was killed.</param>
/// <param name="Output">What it has said, on standard output and error.</param>
/// <param name="Time">From its start to its end.</param>
public sealed record Run(string Command, int? ExitCode, string Output, TimeSpan Time)
{
    /// <summary>Whether it said that it waits, and for whom.</summary>
    public bool HasWaited => Output.Contains("Waiting for another run: pid ", StringComparison.Ordinal);

    /// <summary>Whether it found no server: one that is starting up is none yet.</summary>
    public bool FoundNoServer => ExitCode == 1 && Output.Contains("MIG3001", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"$ {Command}\n{Output}{(ExitCode is { } code ? $"exit code {code}" : "killed")} after {Time.TotalSeconds:0.00} s\n";
}
