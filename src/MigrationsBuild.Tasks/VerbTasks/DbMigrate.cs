using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Applies pending migrations, up to <c>DbTo</c> or all.</summary>
[MSBuildMultiThreadableTask]
public class DbMigrate : RunnerTask
{
    /// <summary>Whether the task is part of a publish.</summary>
    public bool IsPublish { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesAllContexts => IsPublish ? Verb!.TakesAllPublishedContexts : base.TakesAllContexts;

    /// <summary>Reports the findings of the build. Nothing is applied if one of them is an error.</summary>
    private protected override void Check(ModelVerdict verdict, ContextReview review)
    {
        // If the context has no approvals file, the error below is more precise than the notice.
        var shown = verdict.Findings
            .Where(finding => finding.Code.SeverityRule is not (SeverityRule.Notice or SeverityRule.Adoption));
        foreach (var finding in shown)
            Diagnostics.Write(finding);
        if (review.Approvals is null && review.Migrations.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.AdoptFirst,
                $"{review.Report.ShortName} has {review.Migrations.Count} migrations and no approvals file, so there is no SQL to apply.",
                Hint.Run(VerbTable.Approve));
        }
    }

    /// <inheritdoc/>
    private protected override bool HasNothingToDo(ContextReview review)
    {
        if (review.Report.Migrations.Count > 0 || Call["DbTo"].ToUpperInvariant() is not ("" or "HEAD"))
            return false;
        Output.WriteLine(
            $"{review.Report.ShortName} has no migrations, so nothing is applied and no database is created.",
            Hint.Run(VerbTable.Revision));
        return true;
    }
}
