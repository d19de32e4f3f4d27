using System.Diagnostics;
using System.Reflection;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Sends an answer even if the application's own code hangs or ends the process. <c>DbWorkerTimeout</c> limits the start-up code as a
/// whole. Each other step, a model or the SQL of a migration, has a limit of its own, so a long history is not limited as a whole.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly object _lock = new();
    private readonly WorkerRequest _request;
    private readonly AnswerPipe _pipe;
    private readonly Timer _timer;
    private WorkStep _step = new("the application's assemblies", "Loading the application");
    private TimeSpan _limit;
    private TimeSpan _startup;
    private long _begin;
    private int _answered;

    public Watchdog(WorkerRequest request, AnswerPipe pipe)
    {
        _request = request;
        _pipe = pipe;
        _timer = new Timer(_ => OnTimeout());
        Begin(_step);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnExit();
    }

    /// <summary>Begins a step, which ends when the next one begins.</summary>
    public void Begin(WorkStep step)
    {
        lock (_lock)
        {
            _step = step;
            _limit = step.IsStartup ? _request.Timeout - _startup : _request.StepTimeout;
            if (_limit < TimeSpan.Zero)
                _limit = TimeSpan.Zero;
            _begin = Stopwatch.GetTimestamp();
            _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        }

        _pipe.Send(new WorkerProgress(step.Progress, _limit).ToMessage());
    }

    /// <summary>Runs start-up code, then continues the previous step.</summary>
    /// <param name="name">The name of the code in messages.</param>
    /// <param name="member">Its method or class, if one is known.</param>
    public T StartupCode<T>(string name, MemberInfo? member, Func<T> code)
    {
        var (before, begin) = (_step, Stopwatch.GetTimestamp());
        Begin(WorkStep.Startup(name, member));
        try
        {
            return code();
        }
        finally
        {
            _startup += Stopwatch.GetElapsedTime(begin);
            Begin(before);
        }
    }

    /// <summary>Sends the answer, unless one was sent already.</summary>
    public void Answer(WorkerAnswer answer)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0)
            return;
        // The application's handlers of ProcessExit may hang. After a limit of zero the build waits for the exit only briefly.
        _pipe.Send(new WorkerProgress("", TimeSpan.Zero).ToMessage());
        _pipe.Send(answer);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimeout()
    {
        Diagnostic finding;
        lock (_lock)
        {
            // Another step may have begun in the meantime. A timer counts whole milliseconds.
            if (Stopwatch.GetElapsedTime(_begin) + TimeSpan.FromMilliseconds(20) < _limit)
                return;
            finding = _step.IsStartup ? StartupTimeout() : NoVerdictDiagnostics.CreateForTimeout(_step.Name, _limit);
        }

        Answer(new WorkerAnswer([], [finding]));

        // An orderly exit would wait for the code that hangs.
        Process.GetCurrentProcess().Kill();
    }

    private Diagnostic StartupTimeout() => NoVerdictDiagnostics.Create(
        $"its start-up code didn't finish within {_request.Timeout.TotalSeconds:0} s (DbWorkerTimeout) and {_step.Name} is still running",
        Location());

    private void OnExit()
    {
        if (_answered != 0)
            return;
        var ended = _step.IsStartup ? "its start-up code ended the process" : $"the process ended during {_step.Name}";
        Answer(new WorkerAnswer([], [NoVerdictDiagnostics.Create($"{ended}, with exit code {Environment.ExitCode}", Location())]));
    }

    /// <summary>The location of the step's code, because the runtime doesn't say which line hangs or called Exit.</summary>
    private Location? Location()
    {
        var code = _step.Code
            ?? AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.Location == _request.AssemblyPath)?.EntryPoint;
        var source = new SourceMap(_request);
        return code is Type type ? source.LocationOf(type) : code is null ? null : source.LocationOf(code);
    }
}
