using System.IO.Pipes;
using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>
/// Reads the messages that a worker sends through a pipe that it inherits. The end of the pipe can't mark the end of the messages:
/// processes that the application's code or this process starts inherit the pipe as well, and may keep it open. So the last message
/// marks the end.
/// </summary>
internal sealed class AnswerReader : IDisposable
{
    private const string CutOff = "cut-off";

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.Inheritable);
    private readonly Thread _thread;
    private readonly Action<WorkerProgress> _onProgress;
    private IReadOnlyList<MessageLine> _messages = [];

    /// <summary>Starts reading.</summary>
    /// <param name="onProgress">Called on another thread when the worker begins a step.</param>
    public AnswerReader(Action<WorkerProgress> onProgress)
    {
        _onProgress = onProgress;
        Handle = _pipe.GetClientHandleAsString();
        _thread = new Thread(Read) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The handle for the worker's request.</summary>
    public string Handle { get; }

    /// <summary>Returns the messages after the worker has exited.</summary>
    /// <returns>The messages; <see langword="null"/> if the worker exited before it had sent all of them.</returns>
    public IReadOnlyList<MessageLine>? End()
    {
        // Follows everything that the worker has sent. It is read only if the worker's last message is missing.
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
            // The application's code has written into the pipe: there is no answer.
            _messages = [new MessageLine(CutOff)];
        }
    }

    private void Pass(MessageLine message)
    {
        if (message.Name == WorkerMessages.Progress)
            _onProgress(WorkerProgress.From(message));
    }
}
