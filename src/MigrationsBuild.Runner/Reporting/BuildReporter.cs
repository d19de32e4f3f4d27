using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Reporting;

/// <summary>Reports to the build that started the run: a message a line.</summary>
/// <param name="output">Standard output.</param>
public sealed class BuildReporter(Stream output) : IReporter
{
    /// <summary>The build's answers to questions; <see langword="null"/> if nobody can be asked.</summary>
    internal BuildAnswers? Answers { get; init; }

    /// <inheritdoc/>
    public void Line(string text, params IReadOnlyCollection<Hint> hints) =>
        Write(new MessageLine(RunnerMessages.Line).With("text", text).With(hints));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic) => Write(diagnostic.ToMessage(RunnerMessages.Diagnostic));

    /// <inheritdoc/>
    public void Result(MessageLine result) => Write(result);

    /// <inheritdoc/>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellation)
    {
        if (Answers is null)
            return false;
        Write(new MessageLine(RunnerMessages.Question).With("text", question));
        return await Answers.ReadAsync(cancellation);
    }

    private void Write(MessageLine message)
    {
        output.Write(Encoding.UTF8.GetBytes(message + "\n"));
        output.Flush();
    }
}
