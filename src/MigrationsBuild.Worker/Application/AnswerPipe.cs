using System.IO.Pipes;
using MigrationsBuild.Contexts;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The pipe to the build, which this process inherits. Connection strings must not be written to a file, and standard output belongs to
/// the application's own code.
/// </summary>
internal sealed class AnswerPipe(string handle) : IDisposable
{
    private readonly object _lock = new();
    private readonly AnonymousPipeClientStream _pipe = new(PipeDirection.Out, handle);

    /// <summary>Sends a message that precedes the answer.</summary>
    public void Send(MessageLine message) => Write(message + "\n");

    /// <summary>Sends the answer. The build reads nothing after it.</summary>
    public void Send(WorkerAnswer answer) => Write(MessagePipe.Text(answer.ToMessages()));

    public void Dispose() => _pipe.Dispose();

    /// <summary>The watchdog writes from another thread, and lines must stay whole.</summary>
    private void Write(string text)
    {
        lock (_lock)
            _pipe.Write(SourceText.Utf8.GetBytes(text));
    }
}
