using System.IO.Pipes;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The way back to the build: a pipe that this process inherited. Connection strings must not come into a file, and standard output belongs
/// to the application's own code.
/// </summary>
/// <param name="handle">The pipe's handle, as the request has it.</param>
internal sealed class AnswerPipe(string handle) : IDisposable
{
    private readonly object _lock = new();
    private readonly AnonymousPipeClientStream _pipe = new(PipeDirection.Out, handle);

    /// <summary>Sends a message that comes before the answer.</summary>
    public void Send(MessageLine message) => Write(message + "\n");

    /// <summary>Sends the answer, after which nobody reads.</summary>
    public void Send(WorkerAnswer answer) => Write(MessagePipe.Text(answer.ToMessages()));

    public void Dispose() => _pipe.Dispose();

    /// <summary>The watchdog answers on a thread of its own, and lines must stay whole.</summary>
    private void Write(string text)
    {
        lock (_lock)
            _pipe.Write(SourceText.Utf8.GetBytes(text));
    }
}
