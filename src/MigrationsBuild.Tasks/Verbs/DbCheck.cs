using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>Checks drift and approvals now and in full: every migration's SQL is emitted again and compared.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbCheck : CheckingTask
{
    /// <inheritdoc/>
    protected override void Run()
    {
        var verdict = new ModelCheck(Description, Log).Ask(Description.Request() with { Emission = EmissionScope.All, ListEntities = Call.Is("DbVerbose") }, Cancellation);
        // What keeps a context from being looked at may be the named one's.
        var reviews = Call["DbContextName"].Length == 0 || verdict.Problems.Count > 0 ? verdict.Reviews : [verdict.Choose(Call["DbContextName"])];
        verdict = verdict with { Reviews = reviews };
        // A check that couldn't look has failed, whatever the settings say of a build's.
        var problems = verdict.Problems.Select(problem => problem with { Code = problem.Code with { Gate = Gate.Error } });
        Show([.. problems, .. verdict.Findings.Skip(verdict.Problems.Count)]);
        Report(verdict);
        if (Call.Is("DbVerbose"))
            Explain(verdict);
        if (verdict.Answer.Contexts.Count == 0 && verdict.Problems.Count == 0)
            Output.WriteLine("There is no DbContext with a relational provider, so there is nothing to check.");
        foreach (var review in verdict.Reviews)
        {
            Output.WriteLine($"{review.Report.ShortName}{(Description.ArgumentSet.Length > 0 ? $" ({Description.ArgumentSet})" : "")}: {Verdict(review)}");
        }
    }

    /// <summary>For who misses a change: what was looked at.</summary>
    private void Explain(ModelVerdict verdict)
    {
        Output.WriteLine($"Looked at {Description.AssemblyPath}, built {File.GetLastWriteTime(Description.AssemblyPath):yyyy-MM-dd HH:mm:ss}");
        foreach (var context in verdict.Answer.Contexts)
        {
            Output.WriteLine($"{context.Name}: {context.Generator}, {Count(context.Migrations.Count, "migration")} of {context.MigrationsAssembly} in {context.Folder}");
            foreach (var entity in context.Entities)
                Output.WriteLine($"  {entity}");
        }
    }

    private string Verdict(ContextReview review)
    {
        var findings = review.AllFindings.Select(finding => Diagnostics.Show(finding)).ToList();
        var (shown, off) = (findings.Count(finding => finding.Severity >= Severity.Warning), findings.Count(finding => finding.Severity == Severity.Off));
        var migrations = review.Report.Migrations.Count;
        return shown > 0 ? $"{Count(shown, "finding")} in {Count(migrations, "migration")} and the model."
            : migrations == 0 ? "no migrations yet."
            : off > 0 ? $"nothing to show in {Count(migrations, "migration")} and the model. {Count(off, "finding")} switched off by DbDrift, DbUnapproved or NoWarn."
            : review.Approvals is null ? $"no model change without a migration. The SQL of {Count(migrations, "migration")} is not approved: there is no approvals file yet. Run: dotnet build -t:DbApprove"
            : $"No new upgrade operations detected. {Count(migrations, "migration")}, each with exactly the SQL that was approved.";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
