using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Checks drift and approvals now and in full: every migration's SQL is emitted again and compared.</summary>
public sealed class DbCheck : MigrationsTask
{
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
            Output.WriteLine(review.AllFindings.Any()
                ? $"{review.Report.ShortName}: {review.AllFindings.Count()} findings, {review.Report.Migrations.Count} migrations"
                : $"{review.Report.ShortName}: No new upgrade operations detected. {review.Report.Migrations.Count} migrations, each with exactly the SQL that was approved.");
        }
    }
}
