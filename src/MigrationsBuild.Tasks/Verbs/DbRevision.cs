using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Drafts a migration from the drift: C# in EF Core's format, and the SQL beside it.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbRevision : MigrationsTask
{
    /// <inheritdoc/>
    protected override void Run()
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
            Output.WriteLine(request.RevisionAmend
                ? $"{review.Report.ShortName}: without the newest migration there is no drift, so it needn't be. Run: dotnet build -t:DbDiscard"
                : $"{review.Report.ShortName}: no drift, nothing written. For a migration to write by hand: dotnet build -t:DbRevision -p:Msg=\"what it does\" -p:DbEmpty=true");
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
        throw new MigrationsException(
            DiagnosticCodes.NothingToDo,
            state == DraftState.None
                ? $"{newest.Id} is approved, so it isn't made again. Draft a further migration: dotnet build -t:DbRevision"
                : $"{newest.Id} isn't as it was drafted here, and what was changed by hand would be lost, so it isn't made again. Draft a further migration: dotnet build -t:DbRevision, or take this one back first: dotnet build -t:DbDiscard",
            new Place(newest.Report.Source, 1, 1));
    }
}
