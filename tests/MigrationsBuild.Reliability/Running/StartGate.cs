namespace MigrationsBuild.Reliability.Running;

/// <summary>
/// Holds connections until all expected ones have arrived, so that processes that start at different speeds work at the same time.
/// </summary>
/// <param name="expected">How many.</param>
public sealed class StartGate(int expected)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(45);

    private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Waits for the others up to a limit, because a process may have failed before it connected.</summary>
    /// <returns>Whether there was a gate: a connection that comes later goes through.</returns>
    public async Task<bool> ArriveAsync()
    {
        if (_isOpen.Task.IsCompleted)
            return false;
        if (Interlocked.Increment(ref _arrived) >= expected)
            _isOpen.TrySetResult();
        await Task.WhenAny(_isOpen.Task, Task.Delay(_patience));
        _isOpen.TrySetResult();
        return true;
    }
}
