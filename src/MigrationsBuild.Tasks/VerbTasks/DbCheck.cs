using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Checks drift and approvals now and in full: every migration's SQL is emitted again and compared.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbCheck : CheckingTask
{
    /// <inheritdoc/>
    private protected override void Run()
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
            var set = Description.ArgumentSet.Length > 0 ? $" ({Description.ArgumentSet})" : "";
            var (verdictText, hint) = Verdict(review);
            Output.WriteLine($"{review.Report.ShortName}{set}: {verdictText}", hint is null ? [] : [hint]);
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

    private (string Text, Hint? Hint) Verdict(ContextReview review)
    {
        var findings = review.AllFindings.Select(finding => Diagnostics.Show(finding).Severity).ToList();
        var (shown, off) = (findings.Count(severity => severity >= Severity.Warning), findings.Count(severity => severity == Severity.Off));
        var migrations = Count(review.Report.Migrations.Count, "migration");
        if (shown > 0)
            return ($"{Count(shown, "finding")} in {migrations} and the model.", null);
        if (review.Report.Migrations.Count == 0)
            return ("no migrations yet.", null);
        if (off > 0)
            return ($"nothing to show in {migrations} and the model. {Count(off, "finding")} switched off by DbDrift, DbUnapproved or NoWarn.", null);
        return review.Approvals is null
            ? ($"no model change without a migration. The SQL of {migrations} is not approved: there is no approvals file yet.", Hint.Run(VerbTable.Approve))
            : ($"No new upgrade operations detected. {migrations}, each with exactly the SQL that was approved.", null);
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
