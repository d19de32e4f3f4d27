using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Reports;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>The base class of tasks that check: they show their findings and write the report files.</summary>
public abstract class CheckingTask : MigrationsTask
{
    /// <summary>Whether a report is requested that needs the verdict, and not only the findings.</summary>
    private protected bool NeedsVerdict => new ReportFile(Description, Log).IsWanted;

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
