using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>Approves migrations of one context.</summary>
/// <param name="project">The project.</param>
/// <param name="review">The context, each migration with its verdict.</param>
/// <param name="wanted">The migrations to approve, with emitted SQL.</param>
/// <param name="accepted">The findings of the lint that the call accepts.</param>
internal sealed class ContextApproval(
    ProjectDescription project, ContextReview review, IReadOnlyList<ReviewedMigration> wanted, AcceptedFindings accepted)
{
    private readonly List<(ReviewedMigration Migration, Approval Approval)> _pinned = [];
    private readonly List<Approval> _approvals = [];
    private int _renamed;

    private ContextReport Report => review.Report;

    /// <summary>
    /// Adds the changes of files: the approvals file, SQL files that differ from the pinned SQL, and SQL files without a migration.
    /// </summary>
    /// <exception cref="MigrationsException">There is no SQL that can be pinned, or the approved SQL is for another provider.</exception>
    public void AddTo(FileTransaction files)
    {
        RefuseOtherProvider();
        RenameSql(files);
        var previous = Approval.Base;
        foreach (var migration in review.Migrations)
        {
            if (wanted.Contains(migration))
            {
                var approval = new MigrationApproval(Report, migration, isAdoption: review.Approvals is null).Create(previous, files);
                approval = approval with { Accepted = accepted.Of(migration) };
                approval = WithVerification(approval, migration);
                _pinned.Add((migration, approval));
                _approvals.Add(approval);
            }
            else if (Kept(migration) is { } kept)
            {
                _approvals.Add(kept);
            }

            previous = migration.Id;
        }

        _approvals.AddRange(review.Missing.WithSource);
        foreach (var orphan in review.Missing.Orphans)
            files.Delete(orphan);
        if (Report.Migrations.Count > 0 || review.Approvals is not null)
            files.Write(Report.ApprovalsPath, ApprovalsFile.For(Report, _approvals, review.Approvals).ToText());
        if (review.MovedFrom is { } old && old != Report.ApprovalsPath)
            files.Delete(old);
    }

    /// <summary>Shows the changes, and the findings that remain.</summary>
    /// <param name="output">The verb's output.</param>
    /// <param name="diagnostics">The log for findings.</param>
    /// <param name="isVerbose">Whether each migration is shown in full, even if there are many.</param>
    public void Show(VerbOutput output, DiagnosticLog diagnostics, bool isVerbose)
    {
        ShowHeader(output);
        var areMany = _pinned.Count > ApprovalSummary.MostInFull;
        if (isVerbose || !areMany)
            ShowEach(output);
        foreach (var approval in review.Missing.WithoutSource)
            output.WriteLine($"  {approval.Id}  dropped: there is no such migration");
        foreach (var orphan in review.Missing.Orphans)
            output.WriteLine($"  {Path.GetFileName(orphan)}  deleted: there is no such migration");
        ShowOpen(diagnostics);
        if (areMany)
            new ApprovalSummary(output).Write(_pinned.ConvertAll(pin => pin.Migration), isVerbose);
        var refreshed = _approvals.Count(IsRefreshed);
        output.WriteLine(
            $"{Report.ShortName}: {_pinned.Count} approved, {_approvals.Count} in all"
            + (refreshed > 0 ? $", {refreshed} with changed C# and the same SQL" : "")
            + (_approvals.Exists(approval => approval.IsVerified) ? $", {_approvals.Count(approval => approval.IsVerified)} verified" : "")
            + $": {Path.GetFileName(Report.ApprovalsPath)}");
    }

    private void ShowEach(VerbOutput output)
    {
        foreach (var (migration, approval) in _pinned)
        {
            var hash = approval.UpHash.Substring(0, Math.Min(12, approval.UpHash.Length));
            output.WriteLine($"  {migration.Id}  {Path.GetFileName(migration.Report.Up)}  {hash}");
            if (migration.Verification is { } verification)
                output.WriteLine(verification.IsSuccess ? "    VERIFIED" : $"    VERIFICATION FAILED: {verification.Failure}");
            if (ApprovalSummary.IsEdited(migration))
                output.WriteLine("    EDITED BY HAND: the SQL file is pinned as it is; its C# does this:");
            if (migration.Report.Emission is { } emission)
                new MigrationSummary(output).Write(emission);
            foreach (var finding in migration.Lint.Where(finding => finding.Severity != Severity.Message))
                output.WriteLine($"    {finding.Code}: {finding.Message}");
            foreach (var acceptance in approval.Accepted)
                output.WriteLine($"    ACCEPTED: {acceptance}");
            if (ApprovalSummary.IsDownEmpty(migration))
                output.WriteLine("    DOWN IS EMPTY: a rollback changes nothing but the history");
        }
    }

    private void ShowHeader(VerbOutput output)
    {
        if (review.MovedFrom is { } old)
        {
            var @new = project.Shown(Report.ApprovalsPath);
            output.WriteLine($"  {project.Shown(old)} moved to {@new}; its approvals are kept");
        }

        foreach (var difference in review.Differences)
            output.WriteLine($"  {difference.Field.Noun}: {difference.Now}, was {difference.Approved}");
        if (review.Approvals is null && _pinned.Exists(pin => pin.Approval.IsReversible) && !FoldsDownFiles(Report.Folder))
            output.WriteLine("  To fold the down files in pull requests, add to .gitattributes: *.down.sql linguist-generated");
        if (_renamed > 0)
            output.WriteLine($"  {_renamed} SQL {(_renamed == 1 ? "file has" : "files have")} the new name in the header");
    }

    /// <summary>Whether a <c>.gitattributes</c> file mentions the down files.</summary>
    private static bool FoldsDownFiles(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            var file = Path.Combine(above.FullName, ".gitattributes");
            if (File.Exists(file) && File.ReadAllText(file).IndexOf(".down.sql", StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Shows the findings of migrations that were not approved. They are not approved automatically, because a person has to read them.
    /// </summary>
    private void ShowOpen(DiagnosticLog diagnostics)
    {
        foreach (var migration in review.Migrations.Where(migration => !wanted.Contains(migration)
            && migration.State is MigrationState.Edited or MigrationState.Reordered))
        {
            diagnostics.Write(migration.Findings[0]);
        }

        foreach (var finding in review.Findings.Where(finding => finding.Code == DiagnosticCodes.NotCompiled))
            diagnostics.Write(finding);
    }

    private void RefuseOtherProvider()
    {
        if (review.Approvals is { } approvals && review.Migrations.Any(migration => migration.Approval is not null)
            && review.Differences.FirstOrDefault(difference => difference.Field == HeaderField.Provider) is { } difference)
        {
            throw new MigrationsException(difference.ToDiagnostic(approvals, Report, review.MovedFrom ?? Report.ApprovalsPath));
        }
    }

    /// <summary>The existing approval, with the current hash of the C# if the C# generates the same SQL.</summary>
    private Approval? Kept(ReviewedMigration migration) =>
        migration is { Approval: { } old, State: MigrationState.Approved or MigrationState.Reordered }
        ? WithVerification(old with { SourceHash = migration.Report.SourceHash }, migration)
        : migration.Approval;

    /// <summary>The approval, marked as verified if the verification of the migration is about its SQL, and succeeded.</summary>
    private Approval WithVerification(Approval approval, ReviewedMigration migration)
    {
        approval = approval with { Assertions = migration.Assertions };
        var isVerified = migration.Verification is { IsSuccess: true } verification
            && verification == (review.Approvals?.VerificationOf(approval) ?? Verification.Of(approval));
        return approval with { IsVerified = isVerified };
    }

    /// <summary>Writes the context's new name into the headers of its SQL files. The SQL is not changed.</summary>
    private void RenameSql(FileTransaction changes)
    {
        if (review.Approvals is not { } approvals || approvals.Context == Report.Name)
            return;
        var ups = review.Migrations.Select(migration => (Path: migration.Report.Up, File: migration.Up));
        var downs = review.Migrations.Select(migration => (Path: migration.Report.Down, File: migration.Down));
        var others = review.Missing.Sql.Select(path => (Path: path, File: SqlFile.Read(path, Report.Dialect)));
        foreach (var (path, file) in ups.Concat(downs).Concat(others))
        {
            if (file is not { Flaw: null } || file.Context != approvals.Context)
                continue;
            changes.Write(path, (file with { Context = Report.Name }).ToText());
            _renamed++;
        }
    }

    private bool IsRefreshed(Approval approval) => review.Approvals?.Find(approval.Id) is { } old
        && old.SourceHash != approval.SourceHash && _pinned.TrueForAll(pin => pin.Approval != approval);
}
