using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Review;

/// <summary>The reviews of all contexts that a build checks, and the approvals files that belong to none of them.</summary>
/// <param name="Contexts">The contexts.</param>
/// <param name="Orphaned">The approvals files that no context reads.</param>
/// <param name="Problems">The reasons why there is no verdict on a context.</param>
public sealed record ProjectReview(
    IReadOnlyList<ContextReview> Contexts, IReadOnlyList<OrphanedApprovals> Orphaned, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Reviews the contexts of a worker's answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="scope">The projects that the build checks.</param>
    public static ProjectReview Of(WorkerAnswer answer, ReviewScope scope)
    {
        var problems = new List<Diagnostic>();
        var paths = ApprovalsSearch.Of(scope.Folders, answer.Contexts.Select(context => context.Folder)).Files;
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
            [.. reviews.Select(unadopted.Explain).Select(scope.WithSchemaFile)],
            [.. orphaned.Where(file => !found.Contains(file.FilePath))],
            [.. problems.Distinct()]);
    }

    /// <summary>
    /// The context with the folder of its approvals file, if the assembly contains none of its migrations: then the folder of the report is
    /// only the default, and each line of the file is a missing migration.
    /// </summary>
    private static ContextReport WithFolder(ContextReport context, IReadOnlyList<OrphanedApprovals> orphaned) =>
        context.Migrations.Count == 0 && orphaned.FirstOrDefault(file => file.Approvals.Context == context.Name) is { } own
            ? context with { Folder = Path.GetDirectoryName(own.FilePath)! }
            : context;
}

/// <summary>The projects whose migrations a build checks.</summary>
/// <param name="Projects">The projects that may contain contexts or migrations.</param>
/// <param name="Publishes">The command that deploys migrations, for findings; <see langword="null"/> if none does.</param>
public sealed record ReviewScope(IReadOnlyList<MigrationsProject> Projects, string? Publishes = null)
{
    /// <summary>Whether there is a file with the whole schema beside each approvals file.</summary>
    public bool HasSchemaFile { get; init; }

    /// <summary>A review, with the finding about its schema file.</summary>
    internal ContextReview WithSchemaFile(ContextReview review) =>
        HasSchemaFile && review.Approvals is { } approvals && SchemaFile.Check(review.Report, approvals) is { } finding
            ? review with { Findings = [.. review.Findings, finding] }
            : review;

    /// <summary>The folders of the projects that no other build checks.</summary>
    public IEnumerable<string> Folders => Projects.Where(project => !project.IsCheckedElsewhere).Select(project => project.Folder);

    /// <summary>Whether this build checks the migrations of a context.</summary>
    /// <param name="report">The context.</param>
    public bool Holds(ContextReport report) => Projects.Any(project =>
        !project.IsCheckedElsewhere && string.Equals(project.AssemblyName, report.MigrationsAssembly, StringComparison.OrdinalIgnoreCase));
}
