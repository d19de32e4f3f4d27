using System.Text;
using MigrationsBuild.Files;

namespace MigrationsBuild.Messages;

/// <summary>Messages in a file, one on each line.</summary>
public static class MessageFile
{
    /// <summary>Reads all messages.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static IEnumerable<MessageLine> Read(string path) =>
        File.ReadLines(path, SourceText.Utf8).Where(line => line.Length > 0).Select(MessageLine.Parse);

    /// <summary>Reads the messages of a file that other processes may write or delete at any time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">The number of messages to read; by default all.</param>
    /// <returns>The messages of one version of the file; none if it doesn't exist or can't be read.</returns>
    public static IReadOnlyList<MessageLine> ReadIfPresent(string path, int count = int.MaxValue)
    {
        try
        {
            return File.Exists(path) ? [.. Read(path).Take(count)] : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return [];
        }
    }

    /// <summary>Reads a file of records that another version may have written, or that may be damaged.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="path">The file.</param>
    /// <returns>The records; <see langword="null"/> if one of them can't be read.</returns>
    public static IReadOnlyList<T>? TryReadRecords<T>(string path)
        where T : class
    {
        var records = ReadIfPresent(path).Select(message => message.TryReadRecord<T>()).ToList();
        return records.Contains(null) ? null : [.. records.OfType<T>()];
    }

    /// <summary>Writes all messages atomically. A file that already contains them stays untouched.</summary>
    /// <param name="path">The file.</param>
    /// <param name="messages">The messages.</param>
    public static void Write(string path, IEnumerable<MessageLine> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append(message).Append('\n');
        FileTransaction.WriteFile(path, text.ToString());
    }
}
