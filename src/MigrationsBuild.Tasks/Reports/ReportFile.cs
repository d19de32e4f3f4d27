using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The report that <c>DbReport</c> asks for.</summary>
/// <param name="project">The project.</param>
/// <param name="log">The build's log.</param>
internal sealed class ReportFile(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>Whether one is asked for.</summary>
    public bool IsWanted => project.Settings.Report.Length > 0;

    /// <summary>Writes it, unless it is there already as it should be.</summary>
    /// <param name="verdict">The verdict on the whole project.</param>
    /// <param name="cancellation">Becomes cancelled when the build is.</param>
    /// <exception cref="MigrationsException"><c>DbReportSince</c> names nothing.</exception>
    public void Write(ModelVerdict verdict, CancellationToken cancellation)
    {
        if (!IsWanted)
            return;
        var changes = Changes(verdict, cancellation);
        if (changes.Any(context => context.Listed.Any(migration => migration.Report.Emission is null)))
        {
            var words = new ModelCheck(project, log).Ask(project.Request() with { Emission = EmissionScope.All }, cancellation);
            changes = changes.ConvertAll(context => context.WithWords(words.Answer.Contexts));
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
        var revision = new GitRevision(project.Settings.ReportSince, project.Folder, cancellation);
        revision.Verify();
        return [.. verdict.Reviews.Select(review => new ContextChanges(review, IsCompared: true, revision.Approvals(review.Report.ApprovalsPath)))];
    }
}
