using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Checks drift and approvals now and in full: every migration's SQL is emitted again and compared.</summary>
public sealed class DbCheck : MigrationsTask
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string>? Accepts => [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var verdict = new ModelCheck(Description, Log).Ask(Description.Request() with { Emission = EmissionScope.All }, Cancellation);
        var findings = verdict.Findings.ToList();
        findings.ForEach(Diagnostics.Write);
        if (verdict.Answer.Contexts.Count == 0 && verdict.Problems.Count == 0)
            Output.WriteLine("There is no DbContext with a relational provider, so there is nothing to check.");
        foreach (var review in verdict.Reviews)
        {
            Output.WriteLine($"{review.Report.ShortName}: {Verdict(review)}");
        }
    }

    private static string Verdict(ContextReview review)
    {
        var (findings, migrations) = (review.AllFindings.Count(), review.Report.Migrations.Count);
        return findings > 0 ? $"{Count(findings, "finding")} in {Count(migrations, "migration")} and the model."
            : migrations == 0 ? "no migrations yet. Run: dotnet build -t:DbRevision"
            : $"No new upgrade operations detected. {Count(migrations, "migration")}, each with exactly the SQL that was approved.";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
