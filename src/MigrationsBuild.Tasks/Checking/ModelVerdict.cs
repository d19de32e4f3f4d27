using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Checking;

/// <summary>The result of a check.</summary>
/// <param name="Answer">The worker's answer, stored or new.</param>
/// <param name="Reviews">The contexts, each migration with its verdict.</param>
/// <param name="Problems">Why there is no verdict on the model, or on the migrations of a context.</param>
internal sealed record ModelVerdict(WorkerAnswer Answer, IReadOnlyList<ContextReview> Reviews, IReadOnlyList<Diagnostic> Problems)
{
    private static readonly DiagnosticCode[] _refusing =
        [DiagnosticCodes.NoApprovals, DiagnosticCodes.HeaderDiffers, DiagnosticCodes.SquashDiffers];

    /// <summary>The approvals files that no context reads.</summary>
    public IReadOnlyList<OrphanedApprovals> Orphaned { get; init; } = [];

    /// <summary>The findings that are about no single context.</summary>
    public IReadOnlyList<Diagnostic> ProjectFindings => [.. Orphaned.Select(file => file.ToDiagnostic())];

    /// <summary>All findings.</summary>
    public IEnumerable<Diagnostic> Findings =>
        Problems.Concat(ProjectFindings).Concat(Reviews.SelectMany(FindingsOf));

    /// <summary>The name that a call needs to choose a context; empty if it needs none.</summary>
    public string NameFor(ContextReview review) => ContextChoice.NameFor(Answer.Contexts, review.Report);

    /// <summary>The connections of the contexts, by full name, if the request asked for them.</summary>
    public IReadOnlyDictionary<string, MessageLine> Connections { get; init; } = new Dictionary<string, MessageLine>();

    /// <summary>The reasons why the approved SQL of a context must not be executed, recorded or published.</summary>
    public IReadOnlyList<Diagnostic> RefusalsOf(ContextReview review) =>
        [.. ProjectFindings, .. FindingsOf(review).Where(finding => _refusing.Contains(finding.Code))];

    /// <summary>The manifest of one of <see cref="Reviews"/>, for the runner.</summary>
    public Manifest ManifestOf(ContextReview review) => Manifest.Of(
        review, Reviews.Where(other => other != review).SelectMany(other => other.Report.Migrations.Select(migration => migration.Id)));

    /// <summary>The context of a verb. If the call names it, problems of other contexts don't count.</summary>
    /// <param name="name">The value of <c>DbContextName</c>; empty if the call doesn't set it.</param>
    /// <exception cref="MigrationsException">There is no verdict, no such context, or more than one context.</exception>
    public ContextReview Choose(string name)
    {
        if (Problems.Count > 0 && !ContextChoice.IsCertain(Answer, name))
        {
            var hasOther = Answer.Seen.Count > 1 && Answer.Contexts.Count > 0;
            throw new MigrationsException(hasOther ? SuggestOtherContext(Problems[0]) : Problems[0]);
        }

        var chosen = ContextChoice.Choose(Answer.Contexts, name);
        return Reviews.FirstOrDefault(review => review.Report.Name == chosen.Name) ?? throw new MigrationsException(Problems[0]);
    }

    /// <summary>The findings of a context. If the project has several, the commands in them name it.</summary>
    private IEnumerable<Diagnostic> FindingsOf(ContextReview review)
    {
        var name = NameFor(review);
        return review.AllFindings.Select(finding => finding.InContext(name));
    }

    /// <summary>A problem of one context doesn't affect a call that names another one.</summary>
    private Diagnostic SuggestOtherContext(Diagnostic problem) => problem with
    {
        Hints = [.. problem.Hints, Hint.Add("For another context, name it", "DbContextName", Answer.Contexts[0].Name)],
    };
}
