using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Checking;

/// <summary>What a check came to.</summary>
/// <param name="Answer">The worker's answer, kept or new.</param>
/// <param name="Reviews">The contexts, each migration with its verdict.</param>
/// <param name="Problems">Why there is no verdict on the model, or on a context's migrations.</param>
internal sealed record ModelVerdict(WorkerAnswer Answer, IReadOnlyList<ContextReview> Reviews, IReadOnlyList<Diagnostic> Problems)
{
    private static readonly DiagnosticCode[] _refusing = [DiagnosticCodes.NoApprovals, DiagnosticCodes.HeaderDiffers];

    /// <summary>The approvals files that no context reads.</summary>
    public IReadOnlyList<LostApprovals> Lost { get; init; } = [];

    /// <summary>The findings that concern no context.</summary>
    public IReadOnlyList<Diagnostic> ProjectFindings => [.. Lost.Select(file => file.ToDiagnostic())];

    /// <summary>Every finding.</summary>
    public IEnumerable<Diagnostic> Findings => Problems.Concat(ProjectFindings).Concat(Reviews.SelectMany(review => review.AllFindings));

    /// <summary>Why nothing that was approved for a context may be executed, recorded or published, if there is a reason.</summary>
    /// <param name="review">The context.</param>
    public IReadOnlyList<Diagnostic> RefusalsOf(ContextReview review) =>
        [.. ProjectFindings, .. review.Findings.Where(finding => _refusing.Contains(finding.Code))];

    /// <summary>What the contexts connect to, by full name, if that was asked for.</summary>
    public IReadOnlyDictionary<string, MessageLine> Connections { get; init; } = new Dictionary<string, MessageLine>();

    /// <summary>What the runner gets to know of a context.</summary>
    /// <param name="review">One of <see cref="Reviews"/>.</param>
    public Manifest ManifestOf(ContextReview review) => Manifest.Of(
        review, Reviews.Where(other => other != review).SelectMany(other => other.Report.Migrations.Select(migration => migration.Id)));

    /// <summary>A problem of one context is none of another that the call names.</summary>
    private Diagnostic NameAnother(Diagnostic problem) => problem with
    {
        Hints = [.. problem.Hints, Hint.Add("For another context, name it", "DbContextName", Answer.Contexts[0].Name)],
    };

    /// <summary>The context that a verb is about. Where the call names it, problems of other contexts don't count.</summary>
    /// <param name="name">The name that was given as <c>DbContextName</c>; empty if none was.</param>
    /// <exception cref="MigrationsException">There is no verdict, or no such context, or several.</exception>
    public ContextReview Choose(string name)
    {
        if (Problems.Count > 0 && !ContextChoice.IsCertain(Answer, name))
            throw new MigrationsException(Answer.Seen.Count > 1 && Answer.Contexts.Count > 0 ? NameAnother(Problems[0]) : Problems[0]);
        var chosen = ContextChoice.Choose(Answer.Contexts, name);
        return Reviews.FirstOrDefault(review => review.Report.Name == chosen.Name) ?? throw new MigrationsException(Problems[0]);
    }
}

/// <summary>Computes the verdict on a project's model and migrations, and starts the worker only if its kept answer doesn't do.</summary>
/// <param name="project">The project.</param>
/// <param name="log">The build's log.</param>
internal sealed class ModelCheck(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>Whether the SQL files of drafts are written before they are reviewed.</summary>
    public bool WritesDrafts { get; init; } = true;

    /// <summary>
    /// Whether an answer that an earlier call has kept will do: not where its mistake would last, in a database, in the source tree, or in
    /// what is deployed.
    /// </summary>
    public bool MayUseKept { get; init; } = !project.IsStrict;

    /// <summary>What deploys migrations, for people: see <see cref="ReviewScope"/>. Without it, what the project's settings say.</summary>
    public string? Publishes { get; init; }

    /// <summary>The verdict that a build needs.</summary>
    /// <param name="wantsConnections">Whether it shall be told what the contexts connect to.</param>
    /// <param name="cancellation">Becomes cancelled when the build is.</param>
    /// <param name="mayDraft">Whether the answer may bring the draft that <c>DbAutoDraft</c> asks for.</param>
    public ModelVerdict Run(bool wantsConnections, CancellationToken cancellation, bool mayDraft = false)
    {
        var kept = new StoredAnswer(project).Read(ofThisBuild: !MayUseKept);
        if (kept is not null && !wantsConnections && kept.Contexts.All(context => ContextReview.NeedEmission(context).Count == 0))
            return Review(kept);
        var drafts = mayDraft && project.Settings.DraftsByItself;
        return Ask(project.Request() with { AutoDraft = drafts, WantsConnections = wantsConnections }, cancellation);
    }

    /// <summary>The verdict that comes with the answer to a verb's request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Becomes cancelled when the build is.</param>
    public ModelVerdict Ask(WorkerRequest request, CancellationToken cancellation)
    {
        var stored = new StoredAnswer(project);
        var stamp = stored.Stamp();
        var worker = new WorkerProcess(project, log);
        var answer = worker.Ask(request, cancellation);
        if (request.Emission == EmissionScope.Needed)
            stored.Write(answer, stamp);
        else
            stored.Refresh(answer, stamp);
        return Review(answer) with { Connections = worker.Connections };
    }

    private ModelVerdict Review(WorkerAnswer answer)
    {
        foreach (var context in answer.Contexts)
            WriteDrafts(context);
        var review = ProjectReview.Of(answer, new ReviewScope(project.Projects, Publishes ?? project.Publishes));
        return new ModelVerdict(answer, review.Contexts, [.. answer.Problems, .. review.Problems]) { Lost = review.Lost };
    }

    /// <summary>A strict build never writes into the source tree.</summary>
    private void WriteDrafts(ContextReport context)
    {
        if (project.IsStrict || !WritesDrafts)
            return;
        try
        {
            var files = new FileTransaction();
            ContextReview.WriteDrafts(context, files);
            files.Commit();
        }
        catch (MigrationsException)
        {
            // The review says that the approvals file can't be read.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The review goes on without the file; DbApprove says why it can't be written.
            log.LogMessage("The SQL of drafts can't be written: {0}", failure.Message);
        }
    }
}
