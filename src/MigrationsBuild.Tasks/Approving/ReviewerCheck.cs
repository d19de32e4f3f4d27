using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>
/// Reports approvals by an author of the approved SQL, of those that the revision in <c>DbReportSince</c> doesn't have. If the context
/// wasn't adopted there, its old migrations are left out: whoever adopts it writes and approves the SQL of all of them.
/// </summary>
internal sealed class ReviewerCheck
{
    private readonly GitRepository _git;
    private readonly HashSet<string> _approved;
    private readonly HashSet<string> _contexts;
    private readonly HashSet<string> _migrations;
    private readonly HashSet<string> _files;

    /// <summary>Reads the revision.</summary>
    /// <exception cref="MigrationsException">No revision is set, or the clone doesn't have the whole history.</exception>
    public ReviewerCheck(ProjectDescription project, CancellationToken cancellation)
    {
        var since = project.Settings.ReportSince;
        if (since.Length == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                "DbRequireReviewer is true, but DbReportSince doesn't name the revision without the new approvals.",
                Hint.Add("Add, for example", "DbReportSince", "origin/main"));
        }

        _git = new GitRepository(project.Folder, cancellation);
        var revision = new GitRevision(since, project.Folder, _git);
        revision.Verify();
        if (Ask(() => _git.IsShallow))
        {
            throw Unusable(
                "this clone has only a part of the history, so authors are unknown. Fetch all of it: git fetch --unshallow "
                + "(fetch-depth: 0 in actions/checkout)");
        }

        var before = revision.AllApprovals();
        _approved = [.. before.SelectMany(file => file.Approvals).Select(approval => approval.Subject)];
        _contexts = [.. before.Select(file => file.Context)];
        _migrations = new(before.SelectMany(file => file.Approvals).Select(approval => approval.Id), MigrationId.Equality);
        _files = [.. revision.Files.Select(path => Path.GetFileName(path))];
    }

    /// <summary>The context with a finding for each approval by an author of the SQL, or by an unknown person.</summary>
    /// <exception cref="MigrationsException">Git fails.</exception>
    public ContextReview AddTo(ContextReview review)
    {
        if (review.Approvals is not { } approvals)
            return review;
        // A context that is renamed and adopted again has another name, and none of its former ones.
        var isAdopted = approvals.Formerly.Append(approvals.Context).Any(_contexts.Contains)
            || review.Migrations.Any(migration => _migrations.Contains(migration.Id));
        var path = review.MovedFrom ?? review.Report.ApprovalsPath;
        var approvers = new Lazy<Approvers>(() => new Approvers(Ask(() => _git.History(path).ToList())));
        ReviewedMigration Check(ReviewedMigration migration) =>
            migration.Approval is { HasSql: true } approval && !_approved.Contains(approval.Subject)
            && (isAdopted || !_files.Contains(Path.GetFileName(migration.Report.Source)))
            && Flaw(migration, approvers.Value.Find(approval)) is { } flaw
            ? migration with { Findings = [.. migration.Findings, Finding(flaw, new Location(path, approval.Line, 1))] }
            : migration;
        return review with { Migrations = [.. review.Migrations.Select(Check)] };
    }

    /// <summary>Why an approval doesn't count; <see langword="null"/> if it does.</summary>
    private string? Flaw(ReviewedMigration migration, GitPerson? approver)
    {
        var authors = Authors(migration.Up, migration.Report.Up).Concat(Authors(migration.Down, migration.Report.Down)).ToList();
        if (authors.Contains(null))
            return $"The SQL of {migration.Id} isn't committed, so its author is unknown.";
        if (approver is null)
            return $"No commit adds this approval of {migration.Id}, so it is unknown who approved it.";
        return authors.Contains(approver)
            ? $"{migration.Id} was approved by {approver}, who has written SQL of it as well."
            : null;
    }

    /// <summary>
    /// The people who have changed the body; <see langword="null"/> for an unknown one. The header also changes when the context is
    /// renamed. A line that was removed has an author only in the history, and one that came with a merge only in the file.
    /// </summary>
    private IEnumerable<GitPerson?> Authors(SqlFile? file, string path) => file is null ? [] : Ask<IReadOnlyList<GitPerson?>>(() =>
    {
        if (_git.Changes(path).Count > 0 || _git.History(path).ToList() is not { Count: > 0 } history)
            return [null];
        var header = SourceText.Read(path).Take(file.BodyOffset).Count(c => c == '\n');
        return
        [
            .. _git.LineAuthors(path).Skip(header),
            .. history.Where(commit => commit.Removed.Concat(commit.Added).Any(IsOfBody)).Select(commit => commit.Author),
        ];
    });

    private static bool IsOfBody(string line) => line.Trim().Length > 0 && !SqlFile.IsHeaderLine(line);

    private static Diagnostic Finding(string flaw, Location location) => new(
        DiagnosticCodes.ApprovedByAuthor,
        $"{flaw} Another person must approve it. If the line is already committed, remove it in a commit first.",
        new Hint("Then the other person reads the SQL and runs", VerbTable.Approve),
        location);

    private static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (GitException failure)
        {
            throw Unusable(failure.Message);
        }
    }

    private static MigrationsException Unusable(string why) =>
        new(DiagnosticCodes.InvalidSetting, $"DbRequireReviewer is true, but {why}.");
}
