using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A terminal, and whoever sits there.</summary>
internal sealed class FakeTerminal : ITerminal, IDisposable
{
    private readonly ManualResetEventSlim _leaves = new();

    public bool IsInteractive { get; init; }

    public bool IsNode { get; init; }

    /// <summary>The line that is entered.</summary>
    public string? Typed { get; init; }

    /// <summary>Whether nobody answers.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Is set once there was a question.</summary>
    public ManualResetEventSlim IsAsking { get; } = new();

    /// <summary>The question.</summary>
    public string? Asked { get; private set; }

    public string? Ask(string question)
    {
        Asked = question;
        IsAsking.Set();
        if (IsAbsent)
            _leaves.Wait();
        return Typed;
    }

    public void Dispose() => _leaves.Set();
}
