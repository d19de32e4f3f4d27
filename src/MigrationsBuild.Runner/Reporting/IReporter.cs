using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Reporting;

/// <summary>Receives what a run reports.</summary>
public interface IReporter
{
    /// <summary>A line for people.</summary>
    /// <param name="text">The line, without its end.</param>
    /// <param name="hints">The next commands.</param>
    void Line(string text, params IReadOnlyCollection<Hint> hints);

    /// <summary>A warning or an error.</summary>
    void Diagnostic(Diagnostic diagnostic);

    /// <summary>A result for programs: see <see cref="RunnerMessages"/>.</summary>
    void Result(MessageLine result);

    /// <summary>Asks a question.</summary>
    /// <param name="question">A question that is answered with yes or no.</param>
    /// <param name="cancellation">Ends the wait for the answer.</param>
    /// <returns>Whether the answer is yes; no if nobody can be asked.</returns>
    Task<bool> ConfirmAsync(string question, CancellationToken cancellation);
}
