using MigrationsBuild.Messages;

namespace MigrationsBuild.Protocol;

/// <summary>
/// The input that a build sends to the runner over standard input: the request and the migrations. Neither is in a file, so concurrent
/// calls can't get each other's input.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Manifest">The migrations; the paths of their files are absolute.</param>
public sealed record RunnerInput(RunnerRequest Request, Manifest Manifest)
{
    /// <summary>The input as text.</summary>
    public string ToText() => MessagePipe.Text(Manifest.ToMessages().Prepend(Request.ToMessage()));

    /// <summary>Reads the input, and nothing after it.</summary>
    /// <param name="reader">Standard input.</param>
    /// <exception cref="EndOfStreamException">The input is incomplete.</exception>
    /// <exception cref="InvalidOperationException">It has no request, or its manifest is incomplete.</exception>
    public static RunnerInput Read(TextReader reader)
    {
        var messages = MessagePipe.Read(reader);
        return messages.Count > 0 && messages[0].Name == RunnerRequest.Name
            ? new RunnerInput(RunnerRequest.From(messages[0]), Manifest.From(messages.Skip(1)))
            : throw new InvalidOperationException("It has no request.");
    }
}
