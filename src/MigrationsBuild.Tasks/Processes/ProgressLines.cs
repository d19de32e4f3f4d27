using System.Diagnostics;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Says now and then how far long work is; nothing of work that is done before the first interval ends.</summary>
internal sealed class ProgressLines : IDisposable
{
    private readonly object _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Action<string> _write;
    private readonly Timer _timer;
    private string _text = "";
    private bool _isOver;

    /// <summary>Begins to count.</summary>
    /// <param name="write">Where lines go. It is called on other threads.</param>
    /// <param name="interval">The time between two lines.</param>
    public ProgressLines(Action<string> write, TimeSpan interval)
    {
        _write = write;
        _timer = new Timer(_ => Write(), null, interval, interval);
    }

    /// <summary>The work is at another step.</summary>
    /// <param name="text">The step as a line; empty for nothing to say.</param>
    public void At(string text)
    {
        lock (_lock)
            _text = text;
    }

    /// <summary>The work is done: no line comes after it.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            _isOver = true;
    }

    private void Write()
    {
        lock (_lock)
        {
            if (!_isOver && _text.Length > 0)
                _write(LogText.OneLine($"{_text} ({_clock.Elapsed.TotalSeconds:0} s)"));
        }
    }
}
