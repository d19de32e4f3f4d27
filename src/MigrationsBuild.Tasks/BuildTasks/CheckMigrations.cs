using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every build: shows the drift of the model and the state of the migrations. In a build in which nothing has changed it
/// shows what the last one found, and starts no process.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckMigrations : CheckingTask
{
    /// <summary>The targets let it run in every build, so that the settings that switch the check off are read in one place.</summary>
    private protected override bool IsWanted => Description.ChecksDuringBuild;

    /// <inheritdoc/>
    private protected override void Run()
    {
        var stored = new StoredFindings(Description);
        var mayUseKept = !Description.IsStrict || new StoredAnswer(Description).IsOfThisBuild;
        if (!NeedsVerdict && mayUseKept && stored.Read() is { } kept)
        {
            Show(kept);
            return;
        }

        var verdict = new ModelCheck(Description, Log).Run(wantsConnections: false, Cancellation, mayDraft: true);
        List<Diagnostic> findings = [.. Draft(verdict) ?? verdict.Findings];
        if (verdict.Answer.Problems.Count > 0 || verdict.Answer.Target is not null)
            stored.Delete();
        else
            stored.Write(findings, [.. verdict.Answer.Contexts, .. verdict.Reviews.Select(review => review.Report)]);
        Show(findings);
        Report(verdict);
    }

    /// <summary>Writes the draft that the worker has made because <c>DbAutoDraft</c> asks for it.</summary>
    /// <returns>The findings as they are then; <see langword="null"/> if there is none.</returns>
    private IEnumerable<Diagnostic>? Draft(ModelVerdict verdict)
    {
        if (verdict.Answer.Target is not { } draft)
            return null;
        var review = verdict.Choose(verdict.Answer.TargetContext);
        // The snapshot may lack what such a migration does: the draft would do it again.
        if (review.Missing.Uncompiled.Count > 0)
            return null;
        new DraftFiles(Description, DraftCheck, Output).Write(verdict.Answer, review, amends: ContextReview.NewestDraft(review.Report) == DraftState.AsGenerated);
        var drafted = new Diagnostic(
            DiagnosticCodes.NotApproved,
            $"{draft.Id} was drafted by this build.",
            new Hint("Read this SQL, then run", VerbTable.Approve),
            new Place(draft.Up, 1, 1));
        return verdict.Findings.Except(review.Report.Drift).Where(finding => finding.Place?.File != draft.Up).Append(drafted);
    }
}
