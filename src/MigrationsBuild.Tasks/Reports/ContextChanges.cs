using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>What a build would change of one context's database.</summary>
/// <param name="Review">The context, each migration with its verdict.</param>
/// <param name="IsCompared">Whether it is compared with an earlier revision.</param>
/// <param name="Before">The approvals file of that revision, if it had one.</param>
internal sealed record ContextChanges(ContextReview Review, bool IsCompared = false, ApprovalsFile? Before = null)
{
    /// <summary>The context's name.</summary>
    public string Name => Review.Report.ShortName;

    /// <summary>Whether the project has begun to approve migrations.</summary>
    public bool IsAdopted => Review.Approvals is not null;

    /// <summary>
    /// The migrations that a reader has to look at: those that the earlier revision hasn't approved with this SQL, or, without one,
    /// those that nobody has approved.
    /// </summary>
    public IReadOnlyList<ReviewedMigration> Listed => !IsAdopted ? [] : [.. Review.Migrations.Where(migration =>
        migration.State is MigrationState.Draft or MigrationState.Edited || (IsCompared && (IsNew(migration) || IsApprovedAnew(migration))))];

    /// <summary>Those of <see cref="Listed"/> that no database has yet, as far as the revision tells.</summary>
    public IReadOnlyList<ReviewedMigration> New => [.. Listed.Where(IsNew)];

    /// <summary>What the earlier revision had approved, and this one doesn't know.</summary>
    public IReadOnlyList<string> Dropped => Before is null ? [] :
        [.. Before.Approvals.Select(approval => approval.Id).Where(id => Review.Approvals?.Find(id) is null && Review.Migrations.All(migration => migration.Id != id))];

    /// <summary>The differences between model and migrations.</summary>
    public IReadOnlyList<Diagnostic> Drift => Review.Report.Drift;

    /// <summary>What else is to be mended: all findings but drift, and but that a draft is a draft.</summary>
    public IReadOnlyList<Diagnostic> Findings => [.. Review.AllFindings.Except(Drift).Where(finding => finding.Code != DiagnosticCodes.NotApproved)];

    /// <summary>Whether the earlier revision doesn't have it.</summary>
    /// <param name="migration">The migration.</param>
    public bool IsNew(ReviewedMigration migration) => IsCompared ? Before?.Find(migration.Id) is null : migration.State == MigrationState.Draft;

    /// <summary>Whether the earlier revision had approved other SQL for it.</summary>
    /// <param name="migration">The migration.</param>
    public bool IsApprovedAnew(ReviewedMigration migration) =>
        Before?.Find(migration.Id) is { } old && Review.Approvals?.Find(migration.Id) is { } now && (old.UpHash != now.UpHash || old.DownHash != now.DownHash);

    /// <summary>With what the migrations do in words, where only a later answer of the worker has it.</summary>
    /// <param name="contexts">That answer's contexts.</param>
    public ContextChanges WithWords(IReadOnlyList<ContextReport> contexts)
    {
        var emissions = contexts.Where(context => context.Name == Review.Report.Name).SelectMany(context => context.Migrations).ToDictionary(migration => migration.Id, migration => migration.Emission);
        ReviewedMigration Complete(ReviewedMigration migration) => migration.Report.Emission is null && emissions.TryGetValue(migration.Id, out var emission)
            ? migration with { Report = migration.Report with { Emission = emission } }
            : migration;
        return this with { Review = Review with { Migrations = [.. Review.Migrations.Select(Complete)] } };
    }
}
