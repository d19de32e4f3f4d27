using System.Diagnostics;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Shows the progress of long work at intervals. Work that ends within the first interval shows nothing.</summary>
internal sealed class ProgressLines : IDisposable
{
    /// <summary>The time between two lines that users see.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Action<string> _write;
    private readonly Timer _timer;
    private string _text = "";
    private bool _isOver;

    /// <summary>Starts the clock.</summary>
    /// <param name="write">Shows a line. Called on other threads.</param>
    /// <param name="interval">The time between two lines; <see langword="null"/> for <see cref="Interval"/>.</param>
    public ProgressLines(Action<string> write, TimeSpan? interval = null)
    {
        _write = write;
        _timer = new Timer(_ => Write(), null, interval ?? Interval, interval ?? Interval);
    }

    /// <summary>Sets the current step.</summary>
    /// <param name="text">The step as a line; empty to show nothing.</param>
    public void At(string text)
    {
        lock (_lock)
            _text = text;
    }

    /// <summary>Ends the work. No line is shown after this.</summary>
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
