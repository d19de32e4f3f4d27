using System.IO.Pipes;
using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// Reads what a worker sends through a pipe that it inherits. The end of the pipe says nothing: whatever the application's code has
/// started, or this process has meanwhile, inherits it too and may hold it open for as long as it lives. So the messages say themselves
/// where they end.
/// </summary>
internal sealed class AnswerReader : IDisposable
{
    private const string CutOff = "cut-off";

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.Inheritable);
    private readonly Thread _thread;
    private readonly Action<WorkerProgress> _onProgress;
    private IReadOnlyList<MessageLine> _messages = [];

    /// <summary>Begins to read.</summary>
    /// <param name="onProgress">Is called when the worker begins a step, on another thread.</param>
    public AnswerReader(Action<WorkerProgress> onProgress)
    {
        _onProgress = onProgress;
        Handle = _pipe.GetClientHandleAsString();
        _thread = new Thread(Read) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The handle for the worker's request.</summary>
    public string Handle { get; }

    /// <summary>The messages, when the worker has ended.</summary>
    /// <returns>All of them; <see langword="null"/> if the worker has ended before it had sent them all.</returns>
    public IReadOnlyList<MessageLine>? End()
    {
        // Comes after all that the worker has sent, and is read only if that has no end.
        using (var writer = new AnonymousPipeClientStream(PipeDirection.Out, _pipe.ClientSafePipeHandle))
        {
            var end = SourceText.Utf8.GetBytes("\n" + MessagePipe.Text([new MessageLine(CutOff)]));
            writer.Write(end, 0, end.Length);
        }

        _thread.Join();
        return _messages.Any(message => message.Name == CutOff) ? null : _messages;
    }

    /// <inheritdoc/>
    public void Dispose() => _pipe.Dispose();

    private void Read()
    {
        try
        {
            _messages = MessagePipe.Read(MessagePipe.Reader(_pipe), Pass);
        }
        catch (Exception failure) when (failure is IOException or DecoderFallbackException or ObjectDisposedException or FormatException)
        {
            // Bytes that aren't ours: no answer.
            _messages = [new MessageLine(CutOff)];
        }
    }

    private void Pass(MessageLine message)
    {
        if (message.Name == WorkerMessages.Progress)
            _onProgress(WorkerProgress.From(message));
    }
}
