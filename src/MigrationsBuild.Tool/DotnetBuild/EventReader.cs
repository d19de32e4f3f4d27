using System.IO.Pipes;
using System.Text;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>Reads the events that <see cref="EventLogger"/> sends.</summary>
internal sealed class EventReader : IDisposable
{
    // The logger connects before the build does anything, and disconnects before it exits. The rest of the events is in the pipe by then.
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(0.5);
    private readonly CancellationTokenSource _connecting = new();
    private readonly CancellationTokenSource _waiting = new();
    private readonly NamedPipeServerStream _pipe;
    private readonly Task _reading;
    private volatile bool _isWaiting;

    /// <summary>Waits for the logger.</summary>
    /// <param name="take">Called with each event, on another thread.</param>
    public EventReader(Action<MessageLine> take)
    {
        _pipe = new(PipeName, PipeDirection.In, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        _reading = Task.Run(() => ReadAsync(take));
    }

    /// <summary>The name of the pipe.</summary>
    public string PipeName { get; } = "migrationsbuild-" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>
    /// How long the next event may take after the build has exited: the build of a client that was killed may go on in MSBuild's server.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the rest of the events, after the build has exited.</summary>
    public void End()
    {
        // A build that failed early has no logger.
        _connecting.CancelAfter(_connectTimeout);
        // Only the wait for an event is limited: whoever takes it may be slow, such as a pager that nobody scrolls.
        while (!((IAsyncResult)_reading).AsyncWaitHandle.WaitOne(Timeout))
        {
            if (_isWaiting)
                _waiting.Cancel();
        }

        _reading.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connecting.Cancel();
        _waiting.Cancel();
        _pipe.Dispose();
        _connecting.Dispose();
        _waiting.Dispose();
    }

    private async Task ReadAsync(Action<MessageLine> take)
    {
        try
        {
            await _pipe.WaitForConnectionAsync(_connecting.Token);
            using var reader = MessagePipe.Reader(_pipe);
            while (await NextAsync(reader) is { } line)
                take(MessageLine.Parse(line));
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or DecoderFallbackException)
        {
            // The build was killed, or never had a logger.
        }
    }

    private async Task<string?> NextAsync(StreamReader reader)
    {
        _isWaiting = true;
        var line = await reader.ReadLineAsync(_waiting.Token);
        _isWaiting = false;
        return line;
    }
}
