using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Messages;

/// <summary>
/// Messages that one process sends to another through a pipe, one on each line. The last one is <c>end</c>: the pipe may stay open after
/// it, and if the pipe is closed before it, the messages are incomplete.
/// </summary>
public static class MessagePipe
{
    /// <summary>The name of the last message.</summary>
    public const string End = "end";

    /// <summary>The messages as text, followed by <see cref="End"/>.</summary>
    public static string Text(IEnumerable<MessageLine> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append(message).Append('\n');
        return text.Append(End).Append('\n').ToString();
    }

    /// <summary>Reads up to <see cref="End"/>, and nothing after it.</summary>
    /// <param name="reader">The pipe.</param>
    /// <param name="onMessage">Called with each message when it arrives.</param>
    /// <returns>The messages without <see cref="End"/>.</returns>
    /// <exception cref="EndOfStreamException">The pipe was closed before <see cref="End"/>.</exception>
    public static IReadOnlyList<MessageLine> Read(TextReader reader, Action<MessageLine>? onMessage = null)
    {
        var messages = new List<MessageLine>();
        while (reader.ReadLine() is { } line)
        {
            if (line == End)
                return messages;
            if (line.Length == 0)
                continue;
            messages.Add(MessageLine.Parse(line));
            onMessage?.Invoke(messages[messages.Count - 1]);
        }

        throw new EndOfStreamException($"The messages end without \"{End}\".");
    }

    /// <summary>A reader of messages from another process.</summary>
    /// <param name="stream">The pipe.</param>
    public static StreamReader Reader(Stream stream) => new(stream, SourceText.Utf8);
}
