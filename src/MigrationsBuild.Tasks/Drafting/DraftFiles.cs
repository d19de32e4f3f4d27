using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>Writes a draft of the worker: C#, model snapshot and SQL, all of them or none.</summary>
internal sealed class DraftFiles(ProjectDescription project, DraftCheck check, VerbOutput output)
{
    /// <summary>The findings of which the worker warns as well, with the C# that fixes them.</summary>
    private static readonly DiagnosticCode[] _warned = [DiagnosticCodes.NoCast, DiagnosticCodes.EnumChange];

    /// <summary>Writes the files, and shows them.</summary>
    /// <param name="answer">The worker's answer, with the draft as its target.</param>
    /// <param name="review">The draft's context.</param>
    /// <param name="amends">Whether the draft replaces the newest migration, and overwrites its files.</param>
    /// <returns>The paths of the written files.</returns>
    /// <exception cref="MigrationsException">A file of the draft exists already, or the project doesn't compile with the draft.</exception>
    public IReadOnlyCollection<string> Write(WorkerAnswer answer, ContextReview review, bool amends)
    {
        var (draft, files) = (answer.Target!, new FileTransaction());
        var newest = review.Report.Migrations.LastOrDefault();
        if (!(amends && newest?.Id == draft.Id))
            RefuseToOverwrite(draft);
        foreach (var change in answer.Changes)
            change.AddTo(files);

        // The first revision of a project adopts it: there is no migration yet that nobody has approved. A project with migrations and no
        // approvals file is adopted by DbApprove, and until then it gets no SQL files.
        var report = review.Report with { Folder = Path.GetDirectoryName(draft.Source)! };
        var adopts = review.Approvals is null && review.Report.Migrations.Count == 0;
        var isAdopted = review.Approvals is not null || adopts;
        if (isAdopted && draft.Emission?.Up is not null)
            ContextReview.WriteSql(review.Report, draft, files, draft.SourceHash);
        if (adopts && !File.Exists(report.ApprovalsPath))
            files.Write(report.ApprovalsPath, ApprovalsFile.For(report, []).ToText());
        var backup = new SnapshotBackups(project)
            .Of(new DraftKey(report.Name, draft.Id), Snapshot(answer), replaces: amends ? newest?.Id : null);
        files.Commit(() => check.Run(draft, answer.Changes, review.Report.MigrationsAssembly));
        new SnapshotBackups(project).Write(report.Name, backup);
        Show(review.Report, answer, files, amends, isAdopted);
        return [.. files.Written];
    }

    /// <exception cref="MigrationsException">A file of the draft exists already.</exception>
    public static void RefuseToOverwrite(MigrationReport draft)
    {
        if (draft.Files.FirstOrDefault(File.Exists) is { } path)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"The file {Path.GetFileName(path)} exists already.",
                Hint.Run(VerbTable.Revision).With("Msg", "another message"),
                new Location(path, 1, 1));
        }
    }

    private static SourceChange Snapshot(WorkerAnswer answer) => answer.Changes[answer.Changes.Count - 1];

    private void Show(ContextReport context, WorkerAnswer answer, FileTransaction files, bool amends, bool isAdopted)
    {
        var draft = answer.Target!;
        output.WriteLine($"{context.ShortName}: {(amends ? "drafted again" : "drafted")} {draft.Id}");
        foreach (var path in files.Written)
            output.WriteLine($"  {project.Shown(path)}");
        new MigrationSummary(output).Write(draft.Emission!);
        foreach (var failure in answer.DraftWarnings)
            output.WriteLine($"    WON'T WORK AS DRAFTED: {failure}");
        foreach (var finding in isAdopted && project.Settings.Lint != Severity.Off ? ContextReview.Lint(context, draft) : [])
        {
            if (!_warned.Contains(finding.Code))
                output.WriteLine($"    {finding.Code}: {finding.Message}", finding.Hints);
        }

        if (!isAdopted)
        {
            output.WriteLine(
                $"{Path.GetFileName(context.ApprovalsPath)} is missing, so no SQL was written.",
                new Hint("To have the SQL of all migrations reviewed and applied, run", VerbTable.Approve));
        }
        else if (draft.Emission!.Up is null)
        {
            output.WriteLine("Fix the migration's C#. The next build writes its SQL.");
        }
        else if (draft.Emission.Operations.Count == 0)
        {
            output.WriteLine("Write the migration's Up and Down methods. The next build writes its SQL.");
        }
        else
        {
            output.WriteLine("Read the SQL.", new Hint("Then run", VerbTable.Approve));
        }
    }
}
