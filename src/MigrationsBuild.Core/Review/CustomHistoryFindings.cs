using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// The findings about a custom <c>IHistoryRepository</c> of an application. The runner executes its scripts, but none of its code.
/// </summary>
public static class CustomHistoryFindings
{
    private const string Fix = "Use CURRENT_TIMESTAMP or another function of the database in its SQL";

    /// <summary>The error if the runner can't use a history table; <see langword="null"/> if it can.</summary>
    /// <param name="context">The context's name without namespace.</param>
    /// <param name="history">The history table of the context.</param>
    public static Diagnostic? Refusal(string context, HistoryTable history) => history.Unsupported is null ? null : new(
        DiagnosticCodes.CustomHistory,
        $"The history repository of {context} can't be used by the runner, which executes no code of the application: "
        + $"{history.Unsupported}. Apply the migrations in the application, with Database.Migrate().",
        new Hint("Or write a script", VerbTable.Script));

    /// <summary>The findings of a build.</summary>
    internal static IEnumerable<Diagnostic> Of(ContextReport report)
    {
        if (Refusal(report.ShortName, report.History) is { } refusal)
            yield return refusal;
        if (report.History.HasNonDeterministicScripts)
        {
            yield return new(
                DiagnosticCodes.CustomHistory with { SeverityRule = SeverityRule.Warning },
                $"The history repository of {report.ShortName} generates non-deterministic SQL, for example the current time. "
                + "A published migration would record the time of the publish, "
                + $"not the time at which it is applied. {Fix}.");
        }
    }
}
