using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Protocol;

/// <summary>
/// Messages that one process sends to another through a pipe, one a line. The last one is <c>end</c>: a pipe may stay open after it,
/// and one that closes before it has been cut off.
/// </summary>
public static class MessagePipe
{
    /// <summary>The name of the last message.</summary>
    public const string End = "end";

    /// <summary>The messages as text, with <see cref="End"/> added.</summary>
    /// <param name="messages">The messages.</param>
    public static string Text(IEnumerable<MessageLine> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append(message).Append('\n');
        return text.Append(End).Append('\n').ToString();
    }

    /// <summary>Reads up to <see cref="End"/> and not beyond.</summary>
    /// <param name="reader">The pipe.</param>
    /// <param name="onMessage">Is called with each message as it comes.</param>
    /// <returns>The messages without <see cref="End"/>.</returns>
    /// <exception cref="EndOfStreamException">The pipe was closed before it.</exception>
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

    /// <summary>A reader of what another process sends.</summary>
    /// <param name="stream">The pipe.</param>
    public static StreamReader Reader(Stream stream) => new(stream, SourceText.Utf8);
}
