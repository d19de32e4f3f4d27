using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Approving;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Reports;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>The base class of tasks that check: they show their findings and write the report files.</summary>
public abstract class CheckingTask : MigrationsTask
{
    private const string RequireReviewer = "DbRequireReviewer";

    /// <summary>Whether a report or a comparison of people is requested that needs the verdict, and not only the findings.</summary>
    private protected bool NeedsVerdict => new ReportFile(Description, Log).IsWanted || Call[RequireReviewer].Length > 0;

    /// <summary>The verdict with a finding for each approval by an author, if the call asks for that.</summary>
    /// <exception cref="MigrationsException">It can't be determined who has approved a migration.</exception>
    private protected ModelVerdict WithReviewers(ModelVerdict verdict)
    {
        if (!Call.IsTrue(RequireReviewer))
            return verdict;
        var check = new ReviewerCheck(Description, Cancellation);
        return verdict with { Reviews = [.. verdict.Reviews.Select(check.AddTo)] };
    }

    /// <summary>Shows all findings of the check, and writes them to the SARIF file.</summary>
    private protected void Show(IReadOnlyList<Diagnostic> findings)
    {
        foreach (var finding in findings)
            Diagnostics.Write(finding);
        new ErrorLogFile(Description, Diagnostics).Write(findings);
    }

    /// <summary>Writes the Markdown report.</summary>
    private protected void Report(ModelVerdict verdict) => new ReportFile(Description, Log).Write(verdict, Cancellation);

    /// <inheritdoc/>
    private protected override void Refuse(Diagnostic problem)
    {
        base.Refuse(problem);
        new ErrorLogFile(Description, Diagnostics).Write([problem]);
        Report(new ModelVerdict(new WorkerAnswer([], [problem]), [], [problem]));
    }
}
