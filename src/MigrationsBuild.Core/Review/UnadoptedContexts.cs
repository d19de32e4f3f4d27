using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// Decides whether a context without an approvals file isn't adopted yet, which is only a message, or whether the file is missing by
/// mistake, which is a finding because the migrations wouldn't be checked.
/// </summary>
/// <param name="scope">The projects that the build checks.</param>
/// <param name="reviews">The reviews of all contexts.</param>
/// <param name="orphaned">The approvals files that no context reads.</param>
/// <param name="others">The other approvals files: those that a context reads, and those of other providers or builds.</param>
internal sealed class UnadoptedContexts(
    ReviewScope scope, IReadOnlyList<ContextReview> reviews, IReadOnlyList<OrphanedApprovals> orphaned, IReadOnlyList<string> others)
{
    /// <summary>The review of a context, with a finding in place of the message if the approvals file is missing by mistake.</summary>
    public ContextReview Explain(ContextReview review)
    {
        if (IsWithoutMigrations(review))
            return review with { Findings = [.. review.Findings, NoMigrations(review.Report)] };
        if (review.Approvals is not null || review.Report.Migrations.Count == 0)
            return review;
        var findings = review.Findings.Where(finding => finding.Code != DiagnosticCodes.NotAdopted);
        // The finding about the orphaned file reports it.
        if (orphaned.Any(file => file.Successor?.Name == review.Report.Name))
            return review with { Findings = [.. findings] };
        return scope.Holds(review.Report) && Finding(review) is { } finding ? review with { Findings = [.. findings, finding] } : review;
    }

    /// <summary>
    /// Whether no context of the project has migrations. If another context has some, this one may be a view of its tables.
    /// </summary>
    private bool IsWithoutMigrations(ContextReview review) =>
        orphaned.Count == 0 && others.Count == 0 && scope.Holds(review.Report) && !review.AllFindings.Any()
        && reviews.All(other => other.Approvals is null && other.Report.Migrations.Count == 0);

    private Diagnostic NoMigrations(ContextReport report) => new(
        DiagnosticCodes.NoMigrations,
        $"{report.ShortName} has no migrations, so its model is not checked.",
        new Hint("Draft the first one", VerbTable.Revision).With("Msg", "initial").With("DbContextName", Choice(report)));

    /// <summary>The context's name, if a command has to name it.</summary>
    private string? Choice(ContextReport report) => reviews.Count > 1 ? report.Name : null;

    private Diagnostic? Finding(ContextReview review)
    {
        var (name, file) = (review.Report.ShortName, Path.GetFileName(review.Report.ApprovalsPath));
        Hint Approve(string leadIn) => new Hint(leadIn, VerbTable.Approve).With("DbContextName", Choice(review.Report));
        var count = review.Report.Migrations.Count;
        if (review.Migrations.Any(migration => migration.Up is not null || migration.Down is not null) || review.Missing.Orphans.Count > 0)
        {
            return Missing(
                $"{name} has SQL files and no {file}, so it is unknown which SQL was approved. "
                + "Restore the file from version control.",
                Approve("Or approve all of it again"));
        }

        if (reviews.Any(other => other.Approvals is not null) || others.Any(path => IsOf(path, review)))
        {
            return Missing(
                $"{name} has {count} migrations and no {file}, but other contexts of this project are approved. "
                + "A publish would leave its migrations out. Restore the file from version control.",
                Approve("Or approve the migrations"));
        }

        return scope.Publishes is not { } publishes ? null : Missing(
            $"{name} has {count} migrations and no {file}, so {publishes} would leave its migrations out. "
            + "To publish no migrations, set <DbPublish>none</DbPublish>.",
            Approve("To approve them, run"));
    }

    private static Diagnostic Missing(string message, Hint hint) => new(DiagnosticCodes.NoApprovals, message, hint);

    /// <summary>Whether a file belongs to the same context, with the migrations of another provider.</summary>
    private static bool IsOf(string path, ContextReview review)
    {
        try
        {
            return ApprovalsFile.Read(path).Context == review.Report.Name;
        }
        catch (MigrationsException)
        {
            return false;
        }
    }
}
