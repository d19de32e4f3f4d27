using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Statements;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Compares the database with what its migrations produce on a scratch database. With <c>DbDraft</c>, it drafts a migration for the
/// differences. It never writes to the database.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbDiff : RunnerTask
{
    /// <inheritdoc/>
    private protected override void Check(ModelVerdict verdict, ContextReview review)
    {
        if (!Call.Is("DbDraft") && Verb!.Options.FirstOrDefault(option => option.Value is not null && Call[option.Property].Length > 0)
            is { } option)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"{option.Property} has no meaning without DbDraft.",
                Hint.Add("To draft a migration for the differences", "DbDraft", "true"));
        }
    }

    /// <inheritdoc/>
    private protected override string ScriptFolder => Description.StateFile("undo");

    /// <summary>Writes the differences to the SARIF file of the call, and drafts a migration with the statements of the runner.</summary>
    private protected override void Finish(ContextReview review, IReadOnlyList<MessageLine> results)
    {
        // The file that the project names contains the findings of the check, and keeps them.
        if (Call.Given.Contains("DbErrorLog", StringComparer.OrdinalIgnoreCase) && results.Any(one => one.Name == RunnerMessages.Done))
        {
            var differences = results.Where(result => result.Name == RunnerMessages.Difference).Select(ToFinding);
            new ErrorLogFile(Description, Diagnostics).Write(differences, Verb!.Name);
        }

        Draft(results);
    }

    private static Diagnostic ToFinding(MessageLine difference)
    {
        string Definition(string side) => difference.Find(side) is { } text ? $" {side}: {text.Trim()}" : "";
        return new Diagnostic(
            DiagnosticCodes.SchemaDiffers,
            $"{difference["difference"]} {difference["kind"]} {difference["name"]};{Definition("expected")}{Definition("actual")}");
    }

    private void Draft(IReadOnlyList<MessageLine> results)
    {
        IReadOnlyList<string> Texts(string direction) =>
        [
            .. results.Where(result => result.Name == RunnerMessages.Draft && result["direction"] == direction)
                .Select(result => result["text"]),
        ];
        var up = Texts("up");
        // After a failure, the statements may be incomplete.
        if (up.Count == 0 || Log.HasLoggedErrors)
            return;
        var request = Description.Request() with
        {
            Revision = true,
            RevisionName = MigrationName.FromMessage(Call["Msg"].Length > 0 ? Call["Msg"] : Message(results)),
            RevisionEmpty = true,
            RevisionUp = up,
            RevisionDown = Texts("down"),
            RevisionRemarks = Texts("remark"),
            ContextName = Call["DbContextName"],
        };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        WarnIfIgnored(new DraftFiles(Description, DraftCheck, Output).Write(verdict.Answer, Choose(verdict), amends: false));
    }

    /// <summary>A description of the differences: <c>add index orders_hot</c>.</summary>
    private static string Message(IReadOnlyList<MessageLine> results)
    {
        var differences = results.Where(result => result.Name == RunnerMessages.Difference).ToList();
        if (differences.Count > 1)
            return "changes of the database";
        var verb = differences[0]["difference"] switch
        {
            "additional" => "add",
            "missing" => "drop",
            _ => "change",
        };
        return $"{verb} {differences[0]["kind"]} {ObjectName.Parse(differences[0]["name"].Split('(')[0]).Name}";
    }
}
