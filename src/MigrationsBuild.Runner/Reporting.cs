using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner;

/// <summary>Who is told what a run does.</summary>
public interface IReporter
{
    /// <summary>A line for people.</summary>
    /// <param name="text">The line, without its end.</param>
    /// <param name="hints">The next commands.</param>
    void Line(string text, params IReadOnlyCollection<Hint> hints);

    /// <summary>A warning or an error.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    void Diagnostic(Diagnostic diagnostic);

    /// <summary>A result for programs.</summary>
    /// <param name="result">The result: see <see cref="RunnerMessages"/>.</param>
    void Result(MessageLine result);

    /// <summary>Asks a question.</summary>
    /// <param name="question">A question that is answered with yes or no.</param>
    /// <param name="cancellation">Ends the wait for the answer.</param>
    /// <returns>Whether the answer is yes; where nobody can be asked, it is no.</returns>
    Task<bool> ConfirmAsync(string question, CancellationToken cancellation);
}

/// <summary>Tells the process that started this one: a message a line.</summary>
/// <param name="output">Standard output.</param>
public sealed class LineReporter(Stream output) : IReporter
{
    /// <summary>Where answers come from.</summary>
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
