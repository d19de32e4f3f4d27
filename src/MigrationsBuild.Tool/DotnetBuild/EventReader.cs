using System.IO.Pipes;
using System.Text;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>Reads the events that <see cref="EventLogger"/> sends.</summary>
internal sealed class EventReader : IDisposable
{
    // The logger connects before the build does anything, and disconnects before it exits. The rest of the events is in the pipe by then.
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _readTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly NamedPipeServerStream _pipe;
    private readonly Task _reading;

    /// <summary>Waits for the logger.</summary>
    /// <param name="take">Called with each event, on another thread.</param>
    public EventReader(Action<MessageLine> take)
    {
        _pipe = new(PipeName, PipeDirection.In, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        _reading = Task.Run(() => ReadAsync(take, _cancellation.Token));
    }

    /// <summary>The name of the pipe.</summary>
    public string PipeName { get; } = "migrationsbuild-" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>Reads the rest of the events, after the build has exited.</summary>
    public void End()
    {
        // A build that failed early has no logger. The build of a client that was killed may go on in MSBuild's server.
        _cancellation.CancelAfter(_pipe.IsConnected ? _readTimeout : _connectTimeout);
        _reading.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Cancel();
        _pipe.Dispose();
        _cancellation.Dispose();
    }

    private async Task ReadAsync(Action<MessageLine> take, CancellationToken cancellation)
    {
        try
        {
            await _pipe.WaitForConnectionAsync(cancellation);
            using var reader = MessagePipe.Reader(_pipe);
            while (await reader.ReadLineAsync(cancellation) is { } line)
                take(MessageLine.Parse(line));
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or DecoderFallbackException)
        {
            // The build was killed, or never had a logger.
        }
    }
}
