using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Runner;

/// <summary>Who is told what a run does.</summary>
public interface IReporter
{
    /// <summary>A line for people.</summary>
    /// <param name="text">The line, without its end.</param>
    void Line(string text);

    /// <summary>A warning or an error.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    void Diagnostic(Diagnostic diagnostic);

    /// <summary>A result for programs.</summary>
    /// <param name="result">The result: see <see cref="RunnerMessages"/>.</param>
    void Result(MessageLine result);
}

/// <summary>Tells the process that started this one: a message a line.</summary>
/// <param name="output">Standard output.</param>
public sealed class LineReporter(Stream output) : IReporter
{
    /// <inheritdoc/>
    public void Line(string text) => Write(new MessageLine(RunnerMessages.Line).With("text", text));

    /// <inheritdoc/>
    public void Diagnostic(Diagnostic diagnostic) => Write(diagnostic.ToMessage(RunnerMessages.Diagnostic));

    /// <inheritdoc/>
    public void Result(MessageLine result) => Write(result);

    private void Write(MessageLine message)
    {
        output.Write(Encoding.UTF8.GetBytes(message + "\n"));
        output.Flush();
    }
}
