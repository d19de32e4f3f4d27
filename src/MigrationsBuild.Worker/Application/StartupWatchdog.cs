using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Worker.Model;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Sees to it that there is an answer whatever the application's own code does: it may hang, and it may end the process.
/// </summary>
internal sealed class StartupWatchdog : IDisposable
{
    private readonly WorkerRequest _request;
    private readonly AnswerPipe _pipe;
    private readonly Timer _timer;
    private int _answered;

    public StartupWatchdog(WorkerRequest request, AnswerPipe pipe)
    {
        _request = request;
        _pipe = pipe;
        _timer = new Timer(_ => OnTimeout(), null, request.Timeout, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnExit();
    }

    /// <summary>Sends the answer, unless one was sent.</summary>
    public void Answer(WorkerAnswer answer)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
            _pipe.Send(answer);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimeout()
    {
        Answer(new WorkerAnswer([], [OwnCode.NoVerdict(
            $"its start-up code hasn't come to an end within {_request.Timeout.TotalSeconds:0} s (DbWorkerTimeout)", EntryPoint())]));

        // An orderly exit would wait for what hangs.
        Process.GetCurrentProcess().Kill();
    }

    private void OnExit()
    {
        if (_answered == 0)
            Answer(new WorkerAnswer([], [OwnCode.NoVerdict($"its start-up code ended the process, with exit code {Environment.ExitCode}", EntryPoint())]));
    }

    /// <summary>The runtime doesn't say who hangs or has called Exit; it began in Main.</summary>
    private Place? EntryPoint() => AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.Location == _request.AssemblyPath)?.EntryPoint is { } main
        ? new SourceMap(_request).PlaceOf(main)
        : null;
}
