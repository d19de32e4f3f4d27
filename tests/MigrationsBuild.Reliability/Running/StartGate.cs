namespace MigrationsBuild.Reliability.Running;

/// <summary>Holds connections until as many have come as are expected: processes take their time to start, and shall meet.</summary>
/// <param name="expected">How many.</param>
public sealed class StartGate(int expected)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(45);

    private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Waits for the others, but not for ever: one may have failed before it could connect.</summary>
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
