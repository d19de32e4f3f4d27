using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every publish: what a build finds stops it, and what is approved goes into the output, in the form that <c>DbPublish</c>
/// says. No database is asked.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PublishMigrations : CheckingTask
{
    /// <summary>Where the files go, below the output.</summary>
    private const string Folder = "migrations";

    private readonly List<ITaskItem> _files = [];
    private StagedFiles? _staged;

    /// <summary>The runtime identifier that is published for; empty for all.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The files, each with the metadata <c>RelativePath</c>.</summary>
    [Output]
    public ITaskItem[] Files => [.. _files];

    private StagedFiles Staged => _staged ??= StagedFiles.In(Description, BuildEngine);

    /// <inheritdoc/>
    private protected override void Run()
    {
        var forms = Description.Settings.Publish;
        var verdict = new ModelCheck(Description, Log) { Publishes = Description.Deployment }.Run(wantsConnections: false, Cancellation);
        Show(forms == DeploymentForms.None ? [.. verdict.Findings] : [.. verdict.Findings.Select(finding => Refused(verdict, finding))]);
        Report(verdict);
        if (Log.HasLoggedErrors || forms == DeploymentForms.None)
            return;
        var deployed = verdict.Reviews.Where(review => review.Approvals is not null && review.Migrations.Count > 0).ToList();
        foreach (var review in deployed)
        {
            var manifest = verdict.ManifestOf(review) with
            {
                ConnectionVariable = Description.Settings.ConnectionVariable,
                Settings = Description.Settings.Run,
            };
            var name = deployed.Count(other => other.Report.ShortName == review.Report.ShortName) == 1 ? review.Report.ShortName : review.Report.Name.Replace('+', '.');
            if (forms.HasFlag(DeploymentForms.Files))
                AddFiles(manifest, name);
            if (forms.HasFlag(DeploymentForms.Script))
                AddScript(manifest, name);
        }

        if (forms.HasFlag(DeploymentForms.Runner) && deployed.Count > 0)
            AddRunner([.. deployed.Select(review => review.Report.Dialect)]);
    }

    /// <summary>What must not be deployed fails the publish, whatever the settings say of a build that finds it.</summary>
    private Diagnostic Refused(ModelVerdict verdict, Diagnostic finding) =>
        (verdict.ProjectFindings.Contains(finding) || verdict.Reviews.SelectMany(verdict.RefusalsOf).Contains(finding))
        && Diagnostics.Show(finding).Severity != Severity.Error
            ? finding with { Code = finding.Code with { Gate = Gate.Error } }
            : finding;

    private void AddFiles(Manifest manifest, string name)
    {
        var path = Staged[name + Manifest.Extension];
        MessageFile.Write(path, manifest.Deployed(name).ToMessages());
        Add(path, name + Manifest.Extension);
        foreach (var file in manifest.Migrations.SelectMany(migration => new[] { migration.UpPath, migration.DownPath }).OfType<string>())
            Add(file, $"{name}/{Path.GetFileName(file)}");
    }

    /// <summary>From nothing to head; on PostgreSQL such that it skips what a database has already.</summary>
    private void AddScript(Manifest manifest, string name)
    {
        var path = Staged[name + ".sql"];
        var request = new RunnerRequest(VerbTable.Script.Name, Description.StartupFolder)
        {
            To = "base:head",
            OutputPath = path,
            Idempotent = SqlDialects.OfProvider(manifest.Provider) == SqlDialect.PostgreSql,
            ConnectionVariable = "",
        };
        new RunnerProcess(Description, Output, Diagnostics, new ConsoleTerminal())
            .Run(new RunnerInput(request, manifest), connection: null, Cancellation);
        Add(path, name + ".sql");
    }

    private void AddRunner(IReadOnlyCollection<SqlDialect> dialects)
    {
        if (dialects.Contains(SqlDialect.Other))
            throw new MigrationsException(DiagnosticCodes.UnknownProvider, "The runner knows PostgreSQL and SQLite. For another database publish its SQL: <DbPublish>script</DbPublish>");
        foreach (var file in RunnerFiles.Of(Path.GetDirectoryName(Description.RunnerPath)!, dialects, RuntimeIdentifier))
            Add(file.Value, file.Key.Replace('\\', '/'));
    }

    private void Add(string path, string relative) => _files.Add(new TaskItem(path, new Dictionary<string, string> { ["RelativePath"] = $"{Folder}/{relative}" }));
}
