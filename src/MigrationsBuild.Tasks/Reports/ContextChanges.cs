using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The changes that a build would make to the database of one context.</summary>
/// <param name="Review">The context, each migration with its verdict.</param>
/// <param name="IsCompared">Whether the context is compared with an earlier revision.</param>
/// <param name="Before">The approvals file of that revision, if there was one.</param>
internal sealed record ContextChanges(ContextReview Review, bool IsCompared = false, ApprovalsFile? Before = null)
{
    public string Name => Review.Report.ShortName;

    /// <summary>Whether the context has an approvals file.</summary>
    public bool IsAdopted => Review.Approvals is not null;

    /// <summary>
    /// The migrations to review: those that are not approved, and those that the earlier revision hadn't approved with the same SQL.
    /// </summary>
    public IReadOnlyList<ReviewedMigration> Listed => IsAdopted ? [.. Review.Migrations.Where(IsListed)] : [];

    /// <summary>The migrations in <see cref="Listed"/> that the earlier revision doesn't have, or without one, the drafts.</summary>
    public IReadOnlyList<ReviewedMigration> New => [.. Listed.Where(IsNew)];

    /// <summary>
    /// The ids that the earlier revision had approved, and that have neither an approval nor a migration now, nor a migration that replaces
    /// them.
    /// </summary>
    public IReadOnlyList<string> Dropped => Before is null ? [] :
    [
        .. Before.Approvals
            .Select(approval => approval.Id)
            .Where(id => Review.Approvals?.Find(id) is null && Review.Migrations.All(migration => migration.Id != id))
            .Where(id => Review.Approvals?.Squashes.Any(squash => squash.Replaced.Contains(id)) != true),
    ];

    /// <summary>The model changes without a migration.</summary>
    public IReadOnlyList<Diagnostic> Drift => Review.Report.Drift;

    /// <summary>The findings except drift, unapproved drafts and the lint, which are listed separately.</summary>
    public IReadOnlyList<Diagnostic> Findings =>
    [
        .. Review.AllFindings.Except(Drift)
            .Where(finding => finding.Code != DiagnosticCodes.NotApproved && finding.Code.SeverityRule != SeverityRule.Lint),
    ];

    /// <summary>Whether the earlier revision doesn't have the migration; without a revision, whether it is a draft.</summary>
    public bool IsNew(ReviewedMigration migration) =>
        IsCompared ? Before?.Find(migration.Id) is null : migration.State == MigrationState.Draft;

    /// <summary>Whether the earlier revision had approved the migration with different SQL.</summary>
    public bool IsReapproved(ReviewedMigration migration) =>
        Before?.Find(migration.Id) is { } old
        && Review.Approvals?.Find(migration.Id) is { } now
        && (old.UpHash != now.UpHash || old.DownHash != now.DownHash);

    /// <summary>Adds the operations of the migrations, if only a later answer of the worker has them.</summary>
    /// <param name="contexts">The contexts of that answer.</param>
    public ContextChanges WithOperations(IReadOnlyList<ContextReport> contexts)
    {
        var emissions = contexts
            .Where(context => context.Name == Review.Report.Name)
            .SelectMany(context => context.Migrations)
            .ToDictionary(migration => migration.Id, migration => migration.Emission);
        ReviewedMigration Complete(ReviewedMigration migration) =>
            migration.Report.Emission is null && emissions.TryGetValue(migration.Id, out var emission)
                ? migration with { Report = migration.Report with { Emission = emission } }
                : migration;
        return this with { Review = Review with { Migrations = [.. Review.Migrations.Select(Complete)] } };
    }

    private bool IsListed(ReviewedMigration migration) =>
        migration.State is MigrationState.Draft or MigrationState.Edited
        || (IsCompared && (IsNew(migration) || IsReapproved(migration)));
}
