using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>
/// Runs in every publish: fails it if there are findings, and adds the approved migrations to the output in the form that
/// <c>DbPublish</c> selects. It connects to no database, except for <c>DbPublish=schema</c>, which needs a scratch database.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PublishMigrations : CheckingTask
{
    /// <summary>The folder for the files, relative to the output.</summary>
    private const string Folder = "migrations";

    private readonly List<ITaskItem> _files = [];
    private StagedFiles? _staged;

    /// <summary>The runtime identifier of the publish; empty for all.</summary>
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
            var isUnique = deployed.Count(other => other.Report.ShortName == review.Report.ShortName) == 1;
            var name = isUnique ? review.Report.ShortName : review.Report.Name.Replace('+', '.');
            if (forms.HasFlag(DeploymentForms.Files))
                AddFiles(manifest, name);
            if (forms.HasFlag(DeploymentForms.Script))
                AddScript(manifest, name);
            if (forms.HasFlag(DeploymentForms.Schema))
                AddSchema(manifest, name);
        }

        if (forms.HasFlag(DeploymentForms.Runner) && deployed.Count > 0)
            AddRunner([.. deployed.Select(review => review.Report.Dialect)]);
    }

    /// <summary>
    /// The finding, as an error if the context must not be deployed. It fails the publish, whatever severity the settings give it in a
    /// build.
    /// </summary>
    private Diagnostic Refused(ModelVerdict verdict, Diagnostic finding) =>
        (verdict.ProjectFindings.Contains(finding) || verdict.Reviews.SelectMany(verdict.RefusalsOf).Contains(finding))
        && Diagnostics.Show(finding).Severity != Severity.Error
            ? finding with { Code = finding.Code with { SeverityRule = SeverityRule.Error } }
            : finding;

    private void AddFiles(Manifest manifest, string name)
    {
        var path = Staged[name + Manifest.Extension];
        MessageFile.Write(path, manifest.Deployed(name).ToMessages());
        Add(path, name + Manifest.Extension);
        foreach (var file in manifest.Migrations.SelectMany(migration => new[] { migration.UpPath, migration.DownPath }).OfType<string>())
            Add(file, $"{name}/{Path.GetFileName(file)}");
    }

    /// <summary>Adds the script from base to head. On PostgreSQL it skips the migrations that a database has already.</summary>
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

    /// <summary>Adds the objects that a database has after each migration.</summary>
    private void AddSchema(Manifest manifest, string name)
    {
        var variable = Description.Settings.ConnectionVariable;
        var connection = ConnectionVariables.FindSet(variable, manifest.ShortName) ?? "";
        var request = new RunnerRequest(VerbTable.ExpectedSchema.Name, Description.StartupFolder)
        {
            OutputPath = Staged[name + Manifest.SchemaExtension],
            IsStrict = Description.IsStrict,
            Settings = Description.Settings.Run,
            ConnectionVariable = connection,
            ConnectionSource = connection,
        };
        new RunnerProcess(Description, Output, Diagnostics, new ConsoleTerminal())
            .Run(new RunnerInput(request, manifest), connection: null, Cancellation);
        Add(request.OutputPath, name + Manifest.SchemaExtension);
    }

    private void AddRunner(IReadOnlyCollection<SqlDialect> dialects)
    {
        if (dialects.Contains(SqlDialect.Other))
        {
            throw new MigrationsException(
                DiagnosticCodes.UnknownProvider,
                "The runner supports PostgreSQL and SQLite only. For another database, publish its SQL: <DbPublish>script</DbPublish>");
        }

        foreach (var file in RunnerFiles.Of(Path.GetDirectoryName(Description.PortableRunnerPath)!, dialects, RuntimeIdentifier))
            Add(file.Value, file.Key.Replace('\\', '/'));
    }

    private void Add(string path, string relative) =>
        _files.Add(new TaskItem(path, new Dictionary<string, string> { ["RelativePath"] = $"{Folder}/{relative}" }));
}
