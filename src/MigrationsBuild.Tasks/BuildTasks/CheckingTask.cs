using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Reports;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>What the tasks share whose work is a check: they show what they found, and write it into the files that were asked for.</summary>
public abstract class CheckingTask : MigrationsTask
{
    /// <summary>Whether a file is asked for that needs the whole verdict, not its findings alone.</summary>
    private protected bool NeedsVerdict => new ReportFile(Description, Log).IsWanted;

    /// <summary>Shows findings, and writes them into the SARIF file.</summary>
    /// <param name="findings">All findings of the check.</param>
    private protected void Show(IReadOnlyList<Diagnostic> findings)
    {
        foreach (var finding in findings)
            Diagnostics.Write(finding);
        new ErrorLogFile(Description, Diagnostics).Write(findings);
    }

    /// <summary>Writes the report.</summary>
    /// <param name="verdict">The verdict on the whole project.</param>
    private protected void Report(ModelVerdict verdict) => new ReportFile(Description, Log).Write(verdict, Cancellation);

    /// <inheritdoc/>
    private protected override void Refuse(Diagnostic problem)
    {
        base.Refuse(problem);
        new ErrorLogFile(Description, Diagnostics).Write([problem]);
        Report(new ModelVerdict(new WorkerAnswer([], [problem]), [], [problem]));
    }
}
