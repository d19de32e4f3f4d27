using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Drafts a migration from the drift: C# in EF Core's format, and the SQL beside it.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbRevision : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var request = Description.Request() with
        {
            Revision = true,
            RevisionName = Call["Msg"].Length > 0 ? MigrationName.FromMessage(Call["Msg"]) : "",
            RevisionEmpty = Call.Is("DbEmpty"),
            RevisionAmend = Call.Is("DbAmend"),
            ContextName = Call["DbContextName"],
        };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        var review = Choose(verdict);
        if (review.Findings.FirstOrDefault(finding => finding.Code == DiagnosticCodes.NotCompiled) is { } uncompiled)
            throw new MigrationsException(uncompiled);
        if (verdict.Answer.Target is null)
        {
            if (request.RevisionAmend)
            {
                Output.WriteLine(
                    $"{review.Report.ShortName}: there is no drift without the newest migration, so it isn't needed.",
                    Hint.Run(VerbTable.Discard));
            }
            else
            {
                Output.WriteLine(
                    $"{review.Report.ShortName}: no drift, nothing written.",
                    new Hint("For a migration to write by hand, run", VerbTable.Revision).With("Msg", "what it does").With("DbEmpty", "true"));
            }

            return;
        }

        if (request.RevisionAmend)
            RefuseToLose(review);
        new DraftFiles(Description, DraftCheck, Output).Write(verdict.Answer, review, request.RevisionAmend);
    }

    /// <summary>What a person has written into a draft would be lost with it.</summary>
    private static void RefuseToLose(ContextReview review)
    {
        var newest = review.Migrations[review.Migrations.Count - 1];
        var state = ContextReview.NewestDraft(review.Report);
        if (state == DraftState.AsGenerated)
            return;
        var draftAnother = new Hint("Draft a further migration", VerbTable.Revision);
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.NothingToDo,
            state == DraftState.None
                ? $"{newest.Id} is approved, so it isn't amended."
                : $"{newest.Id} was edited by hand since it was drafted, and the edits would be lost, so it isn't amended.",
            new Place(newest.Report.Source, 1, 1))
        {
            Hints = state == DraftState.None ? [draftAnother] : [draftAnother, new Hint("Or discard this one first", VerbTable.Discard)],
        });
    }
}
