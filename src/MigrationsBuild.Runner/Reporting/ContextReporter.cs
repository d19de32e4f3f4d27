using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Reporting;

/// <summary>Names the context in the commands of a run that is for one of several contexts.</summary>
/// <param name="reporter">Receives what the run reports.</param>
/// <param name="context">The name of the context.</param>
internal sealed class ContextReporter(IReporter reporter, string context) : IReporter
{
    public void Line(string text, params IReadOnlyCollection<Hint> hints) =>
        reporter.Line(text, [.. hints.Select(hint => hint.InContext(context))]);

    public void Diagnostic(Diagnostic diagnostic) => reporter.Diagnostic(diagnostic.InContext(context));

    public void Result(MessageLine result) => reporter.Result(result);

    public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => reporter.ConfirmAsync(question, cancellation);
}
