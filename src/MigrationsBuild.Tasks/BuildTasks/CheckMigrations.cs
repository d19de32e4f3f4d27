using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Compiling;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every build: reports model drift and the state of the migrations. If nothing has changed, it reports the findings of the last
/// build and starts no process.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckMigrations : CheckingTask
{
    /// <summary>The targets run this task in every build, so that the settings that disable the check are evaluated in one place.</summary>
    private protected override bool IsWanted => Description.ChecksDuringBuild;

    /// <inheritdoc/>
    private protected override void Run()
    {
        if (new CompileTime(Description).Suggest() is { } suggestion)
            Diagnostics.Write(suggestion);
        var inputs = new InputStamp(Description);
        var stored = new StoredFindings(Description, inputs);
        var model = Description.IsStrict ? null : new StoredModel(Description, inputs);
        if (!NeedsVerdict && ReadStored(stored, model, new StoredAnswer(Description, inputs)) is { } kept)
        {
            Show(kept);
            return;
        }

        var check = new ModelCheck(Description, Log) { Inputs = inputs, Model = model };
        var verdict = check.Run(wantsConnections: false, Cancellation, mayDraft: true);
        var reviewed = WithReviewers(verdict);
        List<Diagnostic> findings = [.. Draft(verdict) ?? verdict.Findings];
        if (verdict.Answer.Problems.Count > 0 || verdict.Answer.Target is not null)
            stored.Delete();
        else
            stored.Write(findings, [.. verdict.Answer.Contexts, .. verdict.Reviews.Select(review => review.Report)]);
        // They are not stored, because they are findings of this call only.
        findings.AddRange(reviewed.Findings.Where(finding => finding.Code == DiagnosticCodes.ApprovedByAuthor));
        Show(findings);
        Report(reviewed);
    }

    /// <summary>The findings of the last check; <see langword="null"/> if they may be different now.</summary>
    private IReadOnlyList<Diagnostic>? ReadStored(StoredFindings stored, StoredModel? model, StoredAnswer answer)
    {
        if (model is null)
            return answer.IsOfThisBuild ? stored.Read() : null;
        if (stored.Read() is { } findings)
            return findings;
        findings = model.Find() is { } unchanged && answer.Has(unchanged.Answer)
            ? stored.ReadOf(unchanged)
            : null;
        if (findings is not null)
            ModelCheck.LogUse(model, isUsed: true, Description, Log);
        return findings;
    }

    /// <summary>Writes the draft that the worker has created for <c>DbAutoDraft</c>.</summary>
    /// <returns>The findings after that; <see langword="null"/> if there is no draft.</returns>
    private IEnumerable<Diagnostic>? Draft(ModelVerdict verdict)
    {
        if (verdict.Answer.Target is not { } draft)
            return null;
        var review = verdict.Choose(verdict.Answer.TargetContext);
        // The snapshot may not contain the changes of these migrations, so the draft might repeat them.
        if (review.Missing.Uncompiled.Count > 0)
            return null;
        var amends = ContextReview.NewestDraft(review.Report) == DraftState.AsGenerated;
        WarnIfIgnored(new DraftFiles(Description, DraftCheck, Output).Write(verdict.Answer, review, amends));
        var drafted = new Diagnostic(
            DiagnosticCodes.NotApproved,
            $"{draft.Id} was drafted by this build.",
            new Hint("Read this SQL, then run", VerbTable.Approve),
            new Location(draft.Up, 1, 1));
        return verdict.Findings.Except(review.Report.Drift).Where(finding => finding.Location?.File != draft.Up).Append(drafted);
    }
}
