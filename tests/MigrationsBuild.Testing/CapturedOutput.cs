using System.Text;

namespace MigrationsBuild.Testing;

/// <summary>What a process writes, read while it runs: also what it had written when it was given up is there to be shown.</summary>
internal sealed class CapturedOutput
{
    private readonly StringBuilder _text = new();
    private readonly Task _reading;

    /// <summary>Begins to read.</summary>
    /// <param name="reader">The process's output or error.</param>
    public CapturedOutput(StreamReader reader) => _reading = ReadAsync(reader);

    /// <summary>All that was read so far.</summary>
    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    /// <summary>Waits for the end, for which every process that holds the other end has to close it.</summary>
    /// <param name="timeout">How long.</param>
    public bool IsComplete(TimeSpan timeout) => _reading.Wait(timeout);

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            lock (_text)
                _text.Append(buffer, 0, count);
        }
    }
}
