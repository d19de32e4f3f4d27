using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Review;

/// <summary>All contexts that a build looks after, each with its verdict, and the approvals files that belong to none of them.</summary>
/// <param name="Contexts">The contexts.</param>
/// <param name="Orphaned">The approvals files that no context reads.</param>
/// <param name="Problems">Why there is no verdict on a context.</param>
public sealed record ProjectReview(
    IReadOnlyList<ContextReview> Contexts, IReadOnlyList<OrphanedApprovals> Orphaned, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Reviews what the worker has answered.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="scope">What the build looks after.</param>
    public static ProjectReview Of(WorkerAnswer answer, ReviewScope scope)
    {
        var problems = new List<Diagnostic>();
        var paths = ApprovalsSearch.Find(scope.Folders, answer.Contexts.Select(context => context.Folder));
        var orphaned = OrphanedApprovals.Find(answer, paths, failure => problems.Add(failure.Diagnostic));
        var reviews = new List<ContextReview>();
        foreach (var context in answer.Contexts)
        {
            try
            {
                reviews.Add(ContextReview.Of(WithFolder(context, orphaned)));
            }
            catch (MigrationsException failure)
            {
                problems.Add(failure.Diagnostic);
            }
        }

        var found = reviews.Where(review => review.Approvals is not null).Select(review => review.Report.ApprovalsPath).ToList();
        var unadopted = new UnadoptedContexts(scope, reviews, orphaned, [.. paths.Except(orphaned.Select(file => file.FilePath))]);
        return new ProjectReview(
            [.. reviews.Select(unadopted.Explain)],
            [.. orphaned.Where(file => !found.Contains(file.FilePath))],
            [.. problems.Distinct()]);
    }

    /// <summary>
    /// A context whose assembly holds none of its migrations doesn't tell where they are; its approvals file does, and each line of it
    /// is a migration that is missing.
    /// </summary>
    private static ContextReport WithFolder(ContextReport context, IReadOnlyList<OrphanedApprovals> orphaned) =>
        context.Migrations.Count == 0 && orphaned.FirstOrDefault(file => file.Approvals.Context == context.Name) is { } own
            ? context with { Folder = Path.GetDirectoryName(own.FilePath)! }
            : context;
}

/// <summary>What a build looks after.</summary>
/// <param name="Projects">The projects that may hold contexts or migrations.</param>
/// <param name="Publishes">What deploys migrations, in the words of a finding; <see langword="null"/> if nothing does.</param>
public sealed record ReviewScope(IReadOnlyList<MigrationsProject> Projects, string? Publishes = null)
{
    /// <summary>The folders of the projects that no other build looks after.</summary>
    public IEnumerable<string> Folders => Projects.Where(project => !project.IsCheckedElsewhere).Select(project => project.Folder);

    /// <summary>Whether this build looks after the migrations of a context.</summary>
    /// <param name="report">The context.</param>
    public bool Holds(ContextReport report) => Projects.Any(project =>
        !project.IsCheckedElsewhere && string.Equals(project.AssemblyName, report.MigrationsAssembly, StringComparison.OrdinalIgnoreCase));
}
