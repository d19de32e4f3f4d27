using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Verbs;

/// <summary>
/// Runs in every build: shows the drift of the model and the state of the migrations. In a build in which nothing has changed it
/// shows what the last one found, and starts no process.
/// </summary>
public sealed class CheckMigrations : MigrationsTask
{
    /// <inheritdoc/>
    protected override void Run()
    {
        var stored = new StoredFindings(Description);
        var findings = stored.Read();
        if (findings is null)
        {
            var verdict = new ModelCheck(Description, Log).Run(wantsConnections: false, Cancellation);
            findings = [.. verdict.Findings];
            if (verdict.Answer.Problems.Count > 0)
                stored.Delete();
            else
                stored.Write(findings, verdict.Answer.Contexts);
        }

        foreach (Diagnostic finding in findings)
            Diagnostics.Write(finding);
    }
}
