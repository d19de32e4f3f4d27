using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>Checks drift and approvals completely: the SQL of every migration is emitted again and compared.</summary>
[MSBuildMultiThreadableTask]
public sealed class DbCheck : CheckingTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var request = Description.Request() with { Emission = EmissionScope.All, ListEntities = Call.Is("DbVerbose") };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        // If there are problems, the context that the call names may be one of those that couldn't be checked.
        if (verdict.Problems.Count == 0 && (NamesContext || !TakesAllContexts))
            verdict = verdict with { Reviews = [verdict.Choose(Call["DbContextName"])] };
        verdict = WithReviewers(verdict);
        // A check without a verdict has failed, whatever severity the settings give the problem in a build.
        var problems = verdict.Problems.Select(problem => problem with { Code = problem.Code with { SeverityRule = SeverityRule.Error } });
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

    /// <summary>Shows what was checked, for users who miss a change.</summary>
    private void Explain(ModelVerdict verdict)
    {
        var built = File.GetLastWriteTime(Description.AssemblyPath);
        Output.WriteLine($"Checked {Description.AssemblyPath}, built {built:yyyy-MM-dd HH:mm:ss}");
        foreach (var context in verdict.Answer.Contexts)
        {
            var migrations = Count(context.Migrations.Count, "migration");
            Output.WriteLine($"{context.Name}: {context.Generator}, {migrations} of {context.MigrationsAssembly} in {context.Folder}");
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
        {
            var hidden = $"{Count(off, "finding")} switched off by DbDrift, DbUnapproved, NoWarn or .editorconfig.";
            return ($"nothing to show in {migrations} and the model. {hidden}", null);
        }

        if (review.Approvals is null)
        {
            var unapproved = $"The SQL of {migrations} is not approved: there is no approvals file yet.";
            return ($"no model change without a migration. {unapproved}", Hint.Run(VerbTable.Approve));
        }

        return ($"No new upgrade operations detected. {migrations}, each with exactly the approved SQL.", null);
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
