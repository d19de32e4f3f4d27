using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Settings;

/// <summary>The settings of a project.</summary>
public sealed class ProjectSettings
{
    private static readonly Setting<bool> _strict = new("DbStrict", SettingForms.Boolean, "", "whether findings are errors");
    private static readonly Setting<Severity> _drift = new("DbDrift", SettingForms.Severity, "", "the severity of model drift");
    private static readonly Setting<Severity> _unapproved = new(
        "DbUnapproved", SettingForms.Severity, "", "the severity of unapproved migrations");

    private static readonly Setting<Severity> _noVerdict = new(
        "DbNoVerdict", SettingForms.Severity, "", "the severity of a context that can't be created");

    private static readonly Setting<Severity> _lint = new(
        "DbLint", SettingForms.Severity, "warning", "the highest severity of the lint's findings");

    private static readonly Setting<bool> _verify = new(
        "DbVerify",
        SettingForms.OneOf<bool>(new("required", true), new("optional", false)),
        "optional",
        "whether an approved migration that was never verified is a finding");

    private static readonly Setting<CheckDuringBuild> _checkDuringBuild = new(
        "DbCheckDuringBuild",
        SettingForms.OneOf<CheckDuringBuild>(
            new("true", CheckDuringBuild.Always), new("strict", CheckDuringBuild.IfStrict), new("false", CheckDuringBuild.Never)),
        "true",
        "which builds check the migrations");

    private static readonly Setting<bool> _autoDraft = new(
        "DbAutoDraft", SettingForms.Boolean, "false", "whether a local build that finds model drift drafts a migration");

    private static readonly Setting<bool> _online = new(
        "DbOnline", SettingForms.Boolean, "false", "whether drafts for PostgreSQL block the application as little as possible");

    private static readonly Setting<bool> _schemaFile = new(
        "DbSchemaFile", SettingForms.Boolean, "false", "whether an approval writes the whole schema to a file");

    private static readonly Setting<string> _migrationsFolder = new(
        "DbMigrationsFolder", SettingForms.Text, "", "the folder of new migrations");

    private static readonly Setting<string> _migrationsNamespace = new(
        "DbMigrationsNamespace", SettingForms.Text, "", "the namespace of new migrations");

    private static readonly Setting<bool> _compileDesigners = new(
        "DbCompileDesigners",
        SettingForms.OneOf<bool>(new("all", true), new("newest", false)),
        "all",
        "the Designer files that are compiled");

    private static readonly Setting<string> _connectionVariable = new(
        "DbConnectionVariable",
        SettingForms.VariableName,
        ConnectionVariables.Default,
        "the environment variable that holds the connection string");

    private static readonly Setting<TimeSpan> _workerTimeout = new(
        "DbWorkerTimeout", SettingForms.Seconds, "30", "the time limit for the application's start-up code");

    private static readonly Setting<IReadOnlyList<string>> _arguments = new(
        "DbArguments", ArgumentsSetting.Form, "", "arguments for design-time factories and the entry point");

    private static readonly Setting<DeploymentForms> _publish = new(
        "DbPublish", DeploymentSetting.Form, "files", "the files that a publish puts into its output");

    private static readonly Setting<bool> _migrateOnPublish = new(
        "DbMigrateOnPublish", SettingForms.Boolean, "false", "whether a publish applies migrations");

    private static readonly Setting<bool> _syncOnBuild = new(
        "DbSyncOnBuild", SettingForms.Boolean, "false", "whether a local build migrates the development database");

    private static readonly Setting<string> _report = new("DbReport", SettingForms.Text, "", "the Markdown file that a check writes");
    private static readonly Setting<string> _reportSince = new(
        "DbReportSince", SettingForms.Text, "", "the git revision that DbReport compares with");

    private static readonly Setting<string> _errorLog = new("DbErrorLog", ErrorLogSetting.Form, "", "the SARIF file that a check writes");
    private static readonly Setting<string> _targetFramework = new(
        "DbTargetFramework", SettingForms.Text, "", "the target framework that is checked");

    private static readonly Setting<string> _startupProject = new(
        "DbStartupProject", SettingForms.Text, "", "the application that creates the contexts");

    /// <summary>Reads the settings.</summary>
    /// <param name="find">The text of a setting; empty if it isn't set.</param>
    /// <param name="isTestProject">Whether it is a test project. Its builds check nothing unless <c>DbCheckDuringBuild</c> is set.</param>
    /// <exception cref="MigrationsException">A text isn't a valid value: see <see cref="Problems"/>.</exception>
    public ProjectSettings(Func<Setting, string> find, bool isTestProject = false)
    {
        T Read<T>(Setting<T> setting) => setting.Parse(find(setting));
        T ReadOr<T>(Setting<T> setting, T otherwise) => setting.Parse(find(setting), otherwise);
        IsStrict = ReadOr(_strict, otherwise: false);
        var severity = IsStrict ? Severity.Error : Severity.Warning;
        Drift = ReadOr(_drift, severity);
        Unapproved = ReadOr(_unapproved, severity);
        NoVerdict = ReadOr(_noVerdict, severity);
        Lint = Read(_lint);
        RequiresVerification = Read(_verify);
        CheckDuringBuild = ReadOr(_checkDuringBuild, isTestProject ? CheckDuringBuild.Never : CheckDuringBuild.Always);
        DraftsByItself = Read(_autoDraft) && !IsStrict;
        DraftsOnline = Read(_online);
        HasSchemaFile = Read(_schemaFile);
        MigrationsFolder = Read(_migrationsFolder);
        MigrationsNamespace = Read(_migrationsNamespace);
        CompilesAllDesigners = Read(_compileDesigners);
        ConnectionVariable = Read(_connectionVariable);
        WorkerTimeout = Read(_workerTimeout);
        Arguments = Read(_arguments);
        Publish = Read(_publish);
        Report = Read(_report);
        ReportSince = Read(_reportSince);
        ErrorLog = ReadOr(_errorLog, "");
        TargetFramework = Read(_targetFramework);
        Run = new RunSettings { ConnectTimeout = IsStrict ? RunSettings.DefaultConnectTimeout : TimeSpan.Zero }
            .With(find, setting => setting.Property);
    }

    /// <summary>All settings, in the order of <c>docs/settings.md</c>.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        _strict, _drift, _unapproved, _noVerdict, _lint, _verify, _checkDuringBuild, _autoDraft, _online, _schemaFile, _migrationsFolder,
        _migrationsNamespace, _compileDesigners, _connectionVariable,
        .. RunSettings.All,
        _workerTimeout, _arguments, _publish, _migrateOnPublish, _syncOnBuild, _report, _reportSince, _errorLog, _targetFramework,
        _startupProject,
    ];

    /// <summary>Whether findings that are warnings in a local build are errors.</summary>
    public bool IsStrict { get; }

    /// <summary>The severity of model drift.</summary>
    public Severity Drift { get; }

    /// <summary>The severity of unapproved migrations.</summary>
    public Severity Unapproved { get; }

    /// <summary>The severity of a context that can't be created.</summary>
    public Severity NoVerdict { get; }

    /// <summary>The highest severity of the lint's findings. Without it, nothing has to be accepted.</summary>
    public Severity Lint { get; }

    /// <summary>Whether an approved migration that was never verified is a finding.</summary>
    public bool RequiresVerification { get; }

    /// <summary>The builds that check the migrations.</summary>
    internal CheckDuringBuild CheckDuringBuild { get; }

    /// <summary>The target framework that is checked, if there are several; otherwise empty.</summary>
    public string TargetFramework { get; }

    /// <summary>Whether a build checks the migrations.</summary>
    /// <param name="framework">The target framework that is built.</param>
    public bool ChecksBuildOf(string framework) =>
        (CheckDuringBuild == CheckDuringBuild.Always || (CheckDuringBuild == CheckDuringBuild.IfStrict && IsStrict))
        && (TargetFramework.Length == 0 || string.Equals(TargetFramework, framework, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the check is switched off.</summary>
    public bool ChecksNoBuild => CheckDuringBuild == CheckDuringBuild.Never;

    /// <summary>Whether a build that finds model drift drafts a migration. A strict build never writes to the source tree.</summary>
    public bool DraftsByItself { get; }

    /// <summary>Whether drafts for PostgreSQL use the forms of statements that block the application as little as possible.</summary>
    public bool DraftsOnline { get; }

    /// <summary>Whether there is a file with the whole schema beside each approvals file.</summary>
    public bool HasSchemaFile { get; }

    /// <summary>Whether all Designer files are compiled.</summary>
    public bool CompilesAllDesigners { get; }

    /// <summary>The folder of new migrations, relative to the project; empty for the default.</summary>
    public string MigrationsFolder { get; }

    /// <summary>The namespace of new migrations; empty for the default.</summary>
    public string MigrationsNamespace { get; }

    /// <summary>The environment variable that holds the connection string.</summary>
    public string ConnectionVariable { get; }

    /// <summary>How long the application's start-up code may take.</summary>
    public TimeSpan WorkerTimeout { get; }

    /// <summary>The arguments for design-time factories and the entry point.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The forms in which a publish puts migrations into its output.</summary>
    public DeploymentForms Publish { get; }

    /// <summary>The Markdown file of a check, relative to the project; empty for none.</summary>
    public string Report { get; }

    /// <summary>The git revision that the report compares with; empty for none.</summary>
    public string ReportSince { get; }

    /// <summary>The SARIF file of a check, relative to the project; empty for none.</summary>
    public string ErrorLog { get; }

    /// <summary>
    /// How migrations are applied. On a build server the database may still be starting, so a strict build waits for it. On a developer's
    /// machine a server that doesn't answer isn't running.
    /// </summary>
    public RunSettings Run { get; }

    /// <summary>The errors in the settings. No setting changes their severity.</summary>
    /// <param name="find">The text of a setting; empty if it isn't set.</param>
    /// <param name="frameworks">The project's target frameworks.</param>
    /// <param name="argumentSets">The items <c>DbArgumentSet</c>. If there are any, <c>DbArguments</c> must be one of them.</param>
    public static IEnumerable<Diagnostic> Problems(
        Func<Setting, string> find, IReadOnlyCollection<string> frameworks, IReadOnlyCollection<string> argumentSets)
    {
        foreach (var problem in All.Select(setting => setting.Check(find(setting))).OfType<Diagnostic>())
            yield return problem;
        var framework = find(_targetFramework);
        if (framework.Length > 0 && !frameworks.Contains(framework, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Diagnostic(
                DiagnosticCodes.InvalidSetting,
                $"{_targetFramework.Property} is {framework}, but the project has no such target framework, so nothing would be checked. "
                + $"It must be one of: {string.Join(", ", frameworks)}.");
        }

        if (argumentSets.Count > 0 && !argumentSets.Contains(find(_arguments)))
        {
            yield return new Diagnostic(
                DiagnosticCodes.InvalidSetting,
                $"{_arguments.Property} is none of the project's DbArgumentSet items, but this command works on one of them. "
                + $"It must be one of: {string.Join(", ", argumentSets)}.",
                Hint.Add("Add, for example", _arguments.Property, argumentSets.First()));
        }
    }
}
