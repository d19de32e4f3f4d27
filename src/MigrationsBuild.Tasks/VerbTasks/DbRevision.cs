using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Drafts a migration for the model drift: C# in EF Core's format, and SQL.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbRevision : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var sqlFile = SqlFile();
        var request = Description.Request() with
        {
            Revision = true,
            RevisionName = Call["Msg"].Length > 0 ? MigrationName.FromMessage(Call["Msg"]) : "",
            RevisionEmpty = Call.Is("DbEmpty") || sqlFile.Length > 0,
            RevisionSqlPath = sqlFile,
            RevisionRenames = Call["DbRename"],
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
                    $"{review.Report.ShortName}: without the newest migration there is no drift, so the migration isn't needed.",
                    Hint.Run(VerbTable.Discard));
            }
            else
            {
                Output.WriteLine(
                    $"{review.Report.ShortName}: no drift, nothing written.",
                    new Hint("For a migration to write by hand, run", VerbTable.Revision)
                        .With("Msg", "what it does")
                        .With("DbEmpty", "true"));
            }

            return;
        }

        if (request.RevisionAmend)
            RefuseToLoseEdits(review);
        WarnIfIgnored(new DraftFiles(Description, DraftCheck, Output).Write(verdict.Answer, review, request.RevisionAmend));
    }

    /// <summary>The absolute path of the SQL file of the call; empty for none.</summary>
    /// <exception cref="MigrationsException">The call has another property that decides the content of the draft.</exception>
    private string SqlFile()
    {
        if (Call["DbSqlFile"].Length == 0)
            return "";
        string[] others = ["DbEmpty", "DbAmend", "DbOnline", "DbRename"];
        if (others.FirstOrDefault(name => Call[name].Length > 0 && !Call[name].Equals("false", StringComparison.OrdinalIgnoreCase))
            is { } other)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"{other} can't be combined with DbSqlFile, whose SQL is the whole draft. Remove one of them.");
        }

        return Description.PathOf(Call["DbSqlFile"]);
    }

    /// <summary>Refuses to replace a migration that is approved, or a draft that was edited by hand.</summary>
    private static void RefuseToLoseEdits(ContextReview review)
    {
        var newest = review.Migrations[review.Migrations.Count - 1];
        var state = ContextReview.NewestDraft(review.Report);
        if (state == DraftState.AsGenerated)
            return;
        var draftAnother = new Hint("Draft a further migration", VerbTable.Revision);
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.NothingToDo,
            state switch
            {
                DraftState.None => $"{newest.Id} is approved, so it isn't amended.",
                DraftState.Squashed => $"{newest.Id} replaces older migrations, so it isn't amended.",
                _ => $"{newest.Id} was edited by hand since it was drafted, and the edits would be lost, so it isn't amended.",
            },
            new Location(newest.Report.Source, 1, 1))
        {
            Hints = state == DraftState.Edited
                ? [draftAnother, new Hint("Or discard this one first", VerbTable.Discard)]
                : [draftAnother],
        });
    }
}
