using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The Markdown report that <c>DbReport</c> names.</summary>
internal sealed class ReportFile(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>Whether <c>DbReport</c> is set.</summary>
    public bool IsWanted => project.Settings.Report.Length > 0;

    /// <summary>Writes the report, unless the file already has the same content.</summary>
    /// <exception cref="MigrationsException">The revision in <c>DbReportSince</c> doesn't exist.</exception>
    public void Write(ModelVerdict verdict, CancellationToken cancellation)
    {
        if (!IsWanted)
            return;
        var changes = Changes(verdict, cancellation);
        if (changes.Any(context => context.Listed.Any(migration => migration.Report.Emission is null)))
        {
            var complete = new ModelCheck(project, log).Ask(project.Request() with { Emission = EmissionScope.All }, cancellation);
            changes = changes.ConvertAll(context => context.WithOperations(complete.Answer.Contexts));
        }

        var name = Path.GetFileName(project.FilePath) + (project.ArgumentSet.Length > 0 ? $" ({project.ArgumentSet})" : "");
        var report = new MarkdownReport(name, project.Settings.ReportSince, SourcePaths.Of(project.Folder));
        var path = project.PathOf(project.Settings.Report);
        var texts = project.Results.Add(path, project.ArgumentSet, report.Render(changes, verdict.Problems, verdict.ProjectFindings));
        FileTransaction.WriteFile(path, string.Join("\n", texts));
    }

    private List<ContextChanges> Changes(ModelVerdict verdict, CancellationToken cancellation)
    {
        if (project.Settings.ReportSince.Length == 0)
            return [.. verdict.Reviews.Select(review => new ContextChanges(review))];
        var revision = new GitRevision(project.Settings.ReportSince, project.Folder, new GitRepository(project.Folder, cancellation));
        revision.Verify();
        return
        [
            .. verdict.Reviews.Select(review =>
                new ContextChanges(review, IsCompared: true, revision.Approvals(review.Report.ApprovalsPath))),
        ];
    }
}
