using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Writes the schema files of contexts whose approvals files have just been written.</summary>
/// <param name="project">The project.</param>
/// <param name="verdict">The verdict before the approval, with the connections of the contexts.</param>
/// <param name="start">Creates a process for a run of the runner.</param>
internal sealed class SchemaFileWriter(ProjectDescription project, ModelVerdict verdict, Func<RunnerProcess> start)
{
    /// <summary>Writes the files, all of them or none.</summary>
    /// <param name="reviews">The reviews of the contexts before the approval.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="MigrationsException">
    /// The runner has failed and has reported why, or an approved migration was edited or isn't compiled.
    /// </exception>
    public void Write(IEnumerable<ContextReview> reviews, CancellationToken cancellation)
    {
        var files = new FileTransaction();
        foreach (var review in reviews)
        {
            if (review.MovedFrom is { } old)
                files.Delete(SchemaFile.PathBeside(old));
            var approved = ContextReview.Of(review.Report);
            if (approved.Approvals is not { Approvals.Count: > 0 } approvals)
                continue;
            var migrations = verdict.ManifestOf(approved).Migrations.Where(IsApproved).ToList();
            if (migrations.Count != approvals.Approvals.Count)
                throw Failure(review, "not every approved migration is unchanged and compiled");
            var file = SchemaFile.For(approvals, Sql(approved, migrations, cancellation));
            files.Write(SchemaFile.PathBeside(review.Report.ApprovalsPath), file.ToText());
        }

        files.Commit();
    }

    private string Sql(ContextReview review, IReadOnlyList<ManifestMigration> migrations, CancellationToken cancellation)
    {
        var connection = new VerbConnection(project, canOmit: true, canOmitIfStrict: true).Find(review.Report, () => verdict.Connections);
        var request = new RunnerRequest(VerbTable.Schema.Name, project.StartupFolder)
        {
            IsStrict = project.IsStrict,
            Settings = project.Settings.Run,
            ConnectionVariable = connection.Variable,
            ConnectionSource = connection.Source,
        };
        var process = start();
        process.Run(
            new RunnerInput(request, verdict.ManifestOf(review) with { Migrations = migrations }),
            connection.ConnectionString,
            cancellation);
        return process.Results.FirstOrDefault(result => result.Name == RunnerMessages.Schema)?["text"]
            ?? throw Failure(review, "its SQL can't be determined");
    }

    private static MigrationsException Failure(ContextReview review, string why) => new(
        DiagnosticCodes.SchemaFile,
        $"{Path.GetFileName(SchemaFile.PathBeside(review.Report.ApprovalsPath))} can't be written, because {why}. Nothing was approved.");

    private static bool IsApproved(ManifestMigration migration) => migration.State is MigrationState.Approved or MigrationState.Reordered;
}
