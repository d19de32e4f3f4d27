using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Removes the newest migration if it is a draft, and restores the model snapshot. If possible, it does so without a build, because the
/// draft may be the reason why the project doesn't compile.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbDiscard : MigrationsTask
{
    /// <summary>Whether the task runs before the build, and can only use files.</summary>
    public bool BeforeBuild { get; set; }

    /// <summary>Whether the draft was discarded without a build.</summary>
    [Output]
    public bool IsDone { get; set; }

    /// <inheritdoc/>
    private protected override void Run()
    {
        var backups = new SnapshotBackups(Description).Read();
        if (BeforeBuild)
            IsDone = DiscardByFiles(backups);
        else
            Discard(backups);
    }

    /// <summary>Discards the draft if the files show which one it is and what the snapshot was before it.</summary>
    private bool DiscardByFiles(IReadOnlyList<SnapshotBackup> backups)
    {
        var folders = Description.List("ReferencedFolders").Prepend(Description.Folder);
        var name = Call["DbContextName"];
        var candidates = ApprovalsSearch.Of(folders, []).Files.Where(path => name.Length == 0 || IsOf(path, name)).ToList();
        if (candidates.Count != 1 || UncompiledDraft.Find(candidates[0]) is not { IsApproved: false } draft
            || draft.Approvals.FindSquash(draft.Migration.Id) is not null)
        {
            return false;
        }

        var key = new DraftKey(draft.Approvals.Context, draft.Migration.Id);
        if ((backups.FirstOrDefault(backup => backup.Draft == key)?.Restore() ?? draft.SnapshotBefore()) is not { } snapshot)
            return false;
        var files = new FileTransaction();
        snapshot.AddTo(files);
        foreach (var path in draft.Migration.Files.Where(path => !IsUnrelatedSql(path)))
            files.Delete(path);
        if (draft.Previous is null && draft.Approvals.Approvals.Count == 0)
            files.Delete(draft.ApprovalsPath);
        Commit(files, ContextReport.ShortNameOf(draft.Approvals.Context), draft.Migration.Id);
        return true;
    }

    private static bool IsOf(string approvalsPath, string name)
    {
        var context = ApprovalsFile.Read(approvalsPath).Context;
        return name.Equals(context, StringComparison.OrdinalIgnoreCase)
            || name.Equals(ContextReport.ShortNameOf(context), StringComparison.OrdinalIgnoreCase);
    }

    private void Discard(IReadOnlyList<SnapshotBackup> backups)
    {
        var request = Description.Request() with
        {
            Discard = true,
            ContextName = Call["DbContextName"],
            KnownSnapshots = [.. backups.Select(backup => backup.Draft)],
        };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        var review = Choose(verdict);
        if (verdict.Answer.Target is not { } newest)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo, $"{review.Report.ShortName} has no migrations, so there is none to discard.");
        }

        CheckState(review, newest.Id);

        var files = new FileTransaction();
        backups.FirstOrDefault(backup => backup.Draft == new DraftKey(review.Report.Name, newest.Id))?.Restore().AddTo(files);
        foreach (var change in verdict.Answer.Changes.Where(change => !IsUnrelatedSql(change.Path)))
            change.AddTo(files);
        if (review.Migrations.Count == 1 && review.Approvals is { Approvals.Count: 0 })
            files.Delete(review.Report.ApprovalsPath);
        Commit(files, review.Report.ShortName, newest.Id);
    }

    private void Commit(FileTransaction files, string context, string migration)
    {
        files.Commit();
        Output.WriteLine($"{context}: discarded {migration}");
        foreach (var path in files.Deleted)
            Output.WriteLine($"  deleted {Path.GetFileName(path)}");
        foreach (var path in files.Written)
            Output.WriteLine($"  restored {Path.GetFileName(path)}");
    }

    /// <summary>
    /// Whether an SQL file was not written by MigrationsBuild. The first line of the header decides, whatever the dialect.
    /// </summary>
    private static bool IsUnrelatedSql(string path) =>
        path.EndsWith(".sql", StringComparison.Ordinal) && File.Exists(path) && SqlFile.Read(path, SqlDialect.Other) is null;

    private static void CheckState(ContextReview review, string newest)
    {
        var location = new Location(review.Report.Migrations[review.Report.Migrations.Count - 1].Source, 1, 1);
        if (review.Approvals is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.AdoptFirst,
                $"{review.Report.ShortName} has no approvals file, so it is unknown whether {newest} is only a draft. "
                + "EF Core's own tool removes a migration without asking: dotnet ef migrations remove.",
                new Hint("To adopt the project first, run", VerbTable.Approve),
                location);
        }

        if (review.Approvals.FindSquash(newest) is { } squash)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"{newest} replaces {squash.Replaced.Count} migrations, and discarding it doesn't bring them back. "
                + "Restore the folder of the migrations from version control instead.",
                location);
        }

        if (review.Approvals.Approvals.Any(approval => MigrationId.Equality.Equals(approval.Id, newest)))
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"{newest} is approved, so it isn't discarded. "
                + $"If no database has it, delete its line from {Path.GetFileName(review.Report.ApprovalsPath)} first.",
                new Hint("Otherwise revert it with a new migration", VerbTable.Revision),
                new Location(review.Report.ApprovalsPath, review.Approvals.Find(newest)!.Line, 1));
        }
    }
}
