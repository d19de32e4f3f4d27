using MigrationsBuild.Messages;

namespace MigrationsBuild.Core.Tests.Protocol;

/// <summary>What another process gets of messages.</summary>
internal static class Wire
{
    /// <summary>A value with all that a line or field could end at.</summary>
    public const string Odd = "a\tb=c\r\nd\\n \"e\" 'f' 😀";

    /// <summary>The messages after a way through text.</summary>
    public static IEnumerable<MessageLine> Send(params IEnumerable<MessageLine> messages) =>
        [.. messages.Select(message => MessageLine.Parse(message.ToString()))];

    /// <summary>The messages as text, to compare what is sent with what comes back.</summary>
    public static string Text(params IEnumerable<MessageLine> messages) => string.Join('\n', messages);
}
