using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>Writes a draft that the worker has made: C#, snapshot and SQL, all of them or none.</summary>
/// <param name="project">The project.</param>
/// <param name="check">Says whether the project accepts the files.</param>
/// <param name="output">Where it is told.</param>
internal sealed class DraftFiles(ProjectDescription project, DraftCheck check, VerbOutput output)
{
    /// <summary>Writes the files, and tells which.</summary>
    /// <param name="answer">The worker's answer; its target is the draft.</param>
    /// <param name="review">The draft's context.</param>
    /// <param name="amends">Whether the newest migration is made again: its files are written over.</param>
    /// <exception cref="MigrationsException">A file of that name exists, or the project doesn't compile with the draft.</exception>
    public void Write(WorkerAnswer answer, ContextReview review, bool amends)
    {
        var (draft, files) = (answer.Target!, new FileTransaction());
        var newest = review.Report.Migrations.LastOrDefault();
        foreach (var path in new[] { draft.Source, draft.Designer, draft.Up, draft.Down }.Where(path => File.Exists(path) && !(amends && newest?.Id == draft.Id)))
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                "A file of that name exists.",
                Hint.Run(VerbTable.Revision).With("Msg", "another message"),
                new Place(path, 1, 1));
        }

        foreach (var change in answer.Changes)
            change.AddTo(files);

        // The first revision adopts: nothing exists yet that nobody has approved. Later ones don't, and SQL that nothing holds against
        // an approval isn't written.
        var report = review.Report with { Folder = Path.GetDirectoryName(draft.Source)! };
        var adopts = review.Approvals is null && review.Report.Migrations.Count == 0;
        var isAdopted = review.Approvals is not null || adopts;
        if (isAdopted && draft.Emission?.Up is not null)
            ContextReview.WriteSql(review.Report, draft, files, draft.SourceHash);
        if (adopts && !File.Exists(report.ApprovalsPath))
            files.Write(report.ApprovalsPath, ApprovalsFile.For(report, []).ToText());
        var backup = new SnapshotBackups(project).Of(new DraftKey(report.Name, draft.Id), Snapshot(answer), replaces: amends ? newest?.Id : null);
        files.Commit(() => check.Run(draft, answer.Changes, review.Report.MigrationsAssembly));
        new SnapshotBackups(project).Write(report.Name, backup);
        Show(review.Report, answer, files, amends, isAdopted);
    }

    private static SourceChange Snapshot(WorkerAnswer answer) => answer.Changes[answer.Changes.Count - 1];

    private void Show(ContextReport context, WorkerAnswer answer, FileTransaction files, bool amends, bool isAdopted)
    {
        var draft = answer.Target!;
        output.WriteLine($"{context.ShortName}: {(amends ? "drafted again" : "drafted")} {draft.Id}");
        foreach (var path in files.Written)
            output.WriteLine($"  {project.Shown(path)}");
        new MigrationSummary(output).Write(draft.Emission!);
        foreach (var failure in answer.Foreseen)
            output.WriteLine($"    WON'T WORK AS DRAFTED: {failure}");
        if (!isAdopted)
        {
            output.WriteLine(
                $"{Path.GetFileName(context.ApprovalsPath)} is missing, so no SQL was written.",
                new Hint("To have the SQL of all migrations reviewed and applied, run", VerbTable.Approve));
        }
        else if (draft.Emission!.Up is null)
        {
            output.WriteLine("Fix its C#; the next build writes its SQL.");
        }
        else if (draft.Emission.Operations.Count == 0)
        {
            output.WriteLine("Write its Up and Down; the next build writes its SQL.");
        }
        else
        {
            output.WriteLine("Read the SQL.", new Hint("Then run", VerbTable.Approve));
        }
    }
}
