using System.Buffers.Binary;

namespace MigrationsBuild.Reliability.Running;

/// <summary>A message of PostgreSQL's protocol.</summary>
/// <param name="Type">Its first byte.</param>
/// <param name="Bytes">All of it.</param>
/// <seealso href="https://www.postgresql.org/docs/current/protocol-message-formats.html"/>
internal sealed record Frame(char Type, byte[] Bytes)
{
    /// <summary>From a client: Sync or Query, after which the client waits for an answer.</summary>
    public bool EndsRequest => Type is 'S' or 'Q';

    /// <summary>From a client: an answer at the login, the end, or Flush.</summary>
    public bool StandsAlone => Type is 'p' or 'X' or 'H';

    /// <summary>From a server: ReadyForQuery.</summary>
    public bool EndsAnswer => Type == 'Z';

    /// <summary>From a server: Authentication, which the client answers.</summary>
    public bool IsOfLogin => Type == 'R';

    /// <summary>Reads a message; <see langword="null"/> at the end.</summary>
    public static async Task<Frame?> ReadAsync(Stream stream)
    {
        var type = new byte[1];
        if (await stream.ReadAsync(type) == 0)
            return null;
        return new Frame((char)type[0], [type[0], .. await ReadUntypedAsync(stream)]);
    }

    /// <summary>Reads a message without a type, which is only the first one of a connection.</summary>
    public static async Task<byte[]> ReadUntypedAsync(Stream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(rest);
        return [.. length, .. rest];
    }
}
