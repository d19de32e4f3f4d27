using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Applies pending migrations, up to <c>DbTo</c> or all.</summary>
[MSBuildMultiThreadableTask]
public class DbMigrate : RunnerVerb
{
    /// <summary>Whether all contexts that have migrations are migrated where the call names none: a publish is of all of them.</summary>
    public bool AllContexts { get; set; }

    /// <inheritdoc/>
    private protected override bool TakesAllContexts => AllContexts;

    /// <inheritdoc/>
    private protected override bool NeedsApproval => true;

    /// <summary>The build's own verdict decides: what would fail the build isn't applied.</summary>
    private protected override void Check(ModelVerdict verdict, ContextReview review)
    {
        // Of a context that isn't adopted the error below says more.
        foreach (var finding in verdict.Findings.Where(finding => finding.Code.Gate is not (Gate.Notice or Gate.Adoption)))
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
