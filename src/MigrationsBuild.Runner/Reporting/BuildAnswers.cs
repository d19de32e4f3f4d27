using System.Threading.Channels;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Runner.Reporting;

/// <summary>The answers that a build sends after its request, one a line. The end of the input asks the run to end.</summary>
internal sealed class BuildAnswers
{
    private readonly Channel<MessageLine> _answers = Channel.CreateUnbounded<MessageLine>();

    /// <summary>Begins to read.</summary>
    /// <param name="reader">Standard input, after the request.</param>
    /// <param name="interruption">Is cancelled at the end of the input, which a cancelled build closes.</param>
    public BuildAnswers(TextReader reader, CancellationTokenSource interruption) =>
        new Thread(() => Read(reader, interruption)) { IsBackground = true }.Start();

    /// <summary>Waits for the next answer.</summary>
    /// <returns>Whether it is yes.</returns>
    /// <exception cref="OperationCanceledException">The run is asked to end instead.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellation) =>
        await _answers.Reader.WaitToReadAsync(cancellation) && _answers.Reader.TryRead(out var answer)
            ? answer.Name == RunnerMessages.Answer && answer.Has("yes")
            : throw new OperationCanceledException();

    private void Read(TextReader reader, CancellationTokenSource interruption)
    {
        while (reader.ReadLine() is { } line)
            _answers.Writer.TryWrite(MessageLine.Parse(line));
        _answers.Writer.Complete();
        try
        {
            interruption.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended.
        }
    }
}
