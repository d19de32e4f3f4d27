using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Core.Tests.Settings;

[TestClass]
public class ProjectSettingsTests
{
    private static readonly string[] _frameworks = ["net8.0", "net10.0"];

    [TestMethod]
    public void Without_any_a_developers_build_warns_and_a_strict_one_fails()
    {
        var local = Read();
        var strict = Read(("DbStrict", "true"));

        Assert.AreEqual((Severity.Warning, Severity.Warning, Severity.Warning), (local.Drift, local.Unapproved, local.NoVerdict));
        Assert.AreEqual((Severity.Error, Severity.Error, Severity.Error), (strict.Drift, strict.Unapproved, strict.NoVerdict));
        Assert.AreEqual((false, true), (local.IsStrict, strict.IsStrict));
        Assert.AreEqual(TimeSpan.Zero, local.Run.ConnectTimeout);
        Assert.AreEqual(TimeSpan.FromSeconds(30), strict.Run.ConnectTimeout);
        Assert.AreEqual(
            ("MIGRATIONS_CONNECTION", 30.0, DeploymentForms.Files, CheckDuringBuild.Always),
            (local.ConnectionVariable, local.WorkerTimeout.TotalSeconds, local.Publish, local.CheckDuringBuild));
    }

    [TestMethod]
    [DataRow("error", Severity.Error)]
    [DataRow("Error", Severity.Error)]
    [DataRow("WARNING", Severity.Warning)]
    [DataRow("Off", Severity.Off)]
    public void A_severity_is_read_in_any_case(string text, Severity severity)
    {
        var settings = Read(("DbDrift", text), ("DbUnapproved", text), ("DbNoVerdict", text), ("DbStrict", "TRUE"));

        Assert.AreEqual((severity, severity, severity), (settings.Drift, settings.Unapproved, settings.NoVerdict));
    }

    [TestMethod]
    [DataRow("DbDrift", "errors", "error, warning or off")]
    [DataRow("DbDrift", "true", "error, warning or off")]
    [DataRow("DbDrift", "none", "error, warning or off")]
    [DataRow("DbUnapproved", "no", "error, warning or off")]
    [DataRow("DbNoVerdict", "0", "error, warning or off")]
    [DataRow("DbStrict", "yes", "true or false")]
    [DataRow("DbStrict", "1", "true or false")]
    [DataRow("DbCheckDuringBuild", "yes", "true, strict or false")]
    [DataRow("DbCheckDuringBuild", "on", "true, strict or false")]
    [DataRow("DbAutoDraft", "yes", "true or false")]
    [DataRow("DbMigrateOnPublish", "yes", "true or false")]
    [DataRow("DbWorkerTimeout", "0", "a number of seconds greater than 0")]
    [DataRow("DbWorkerTimeout", "-3", "a number of seconds greater than 0")]
    [DataRow("DbWorkerTimeout", "30s", "a number of seconds greater than 0")]
    [DataRow("DbWorkerTimeout", "1e3", "a number of seconds greater than 0")]
    [DataRow("DbWorkerTimeout", "1000000", "a number of seconds greater than 0")]
    [DataRow("DbPublish", "prod", "files, runner, script, schema, several of these joined with +, or none")]
    [DataRow("DbPublish", "none+files", "files, runner, script, schema, several of these joined with +, or none")]
    [DataRow("DbPublish", ";", "files, runner, script, schema, several of these joined with +, or none")]
    [DataRow("DbErrorLog", "a.sarif,version=1", "a file, or a file and the version")]
    [DataRow("DbErrorLog", ",version=2.1", "a file, or a file and the version")]
    [DataRow("DbTransaction", "serializable", "migration or all")]
    [DataRow("DbOutOfOrder", "yes", "refuse or allow")]
    [DataRow("DbRetries", "many", "a number")]
    [DataRow("DbLockTimeout", "3s", "a number of seconds")]
    public void What_isnt_a_value_is_an_error_that_says_what_is(string property, string text, string form)
    {
        var problem = Problems((property, text)).Single();

        Assert.AreSame(DiagnosticCodes.InvalidSetting, problem.Code);
        Assert.AreEqual(SeverityRule.Error, problem.Code.SeverityRule);
        Assert.StartsWith($"{property} is {text}. It must be {form}", problem.Message);
    }

    [TestMethod]
    [DataRow("DbDrift", " off")]
    [DataRow("DbStrict", "true ")]
    [DataRow("DbCheckDuringBuild", " ")]
    public void A_space_that_a_condition_of_MSBuild_sees_is_an_error(string property, string text) =>
        Assert.StartsWith($"{property} is \"{text}\". It must be ", Problems((property, text)).Single().Message);

    [TestMethod]
    [DataRow("", false)]
    [DataRow("--provider MySql", false)]
    [DataRow("--provider Sqlite", true)]
    public void Arguments_are_one_of_the_sets_if_there_are_any(string text, bool isRight)
    {
        var problems = ProjectSettings.Problems(Find(("DbArguments", text)), _frameworks, ["--provider PostgreSQL", "--provider Sqlite"]);

        Assert.HasCount(isRight ? 0 : 1, problems);
        foreach (var problem in problems)
        {
            Assert.EndsWith(
                "It must be one of: --provider PostgreSQL, --provider Sqlite. Add, for example: -p:DbArguments=\"--provider PostgreSQL\"",
                problem.Text);
        }
    }

    [TestMethod]
    public void Each_wrong_setting_is_reported() =>
        Assert.HasCount(3, Problems(("DbDrift", "x"), ("DbStrict", "x"), ("DbWaitTimeout", "x")));

    [TestMethod]
    [DataRow("Host=db;Password=hush-hush")]
    [DataRow("postgres://me:hush-hush@db")]
    [DataRow("1CONNECTION")]
    [DataRow("hush-hush")]
    [DataRow("A\n")]
    public void A_connection_string_in_place_of_its_variables_name_isnt_shown(string text)
    {
        var problem = Problems(("DbConnectionVariable", text)).Single();

        Assert.StartsWith(
            "The value of DbConnectionVariable can't be used. It must be the name of an environment variable", problem.Message);
        Assert.DoesNotContain("hush", problem.Message);
    }

    [TestMethod]
    [DataRow("net9.0")]
    [DataRow("net10.0 ")]
    [DataRow("net8.0;net10.0")]
    public void A_framework_that_the_project_doesnt_have_would_check_nothing(string text)
    {
        Assert.Contains(
            "has no such target framework, so nothing would be checked. It must be one of: net8.0, net10.0.",
            Problems(("DbTargetFramework", text)).Single().Message);
        Assert.IsEmpty(Problems(("DbTargetFramework", "NET10.0")));
    }

    [TestMethod]
    [DataRow("", "net8.0", true)]
    [DataRow("net8.0", "net8.0", true)]
    [DataRow("NET8.0", "net8.0", true)]
    [DataRow("net10.0", "net8.0", false)]
    public void One_of_several_frameworks_is_checked(string chosen, string built, bool checks) =>
        Assert.AreEqual(checks, Read(("DbTargetFramework", chosen)).ChecksBuildOf(built));

    [TestMethod]
    [DataRow("", "false", false, true)]
    [DataRow("", "false", true, false)]
    [DataRow("true", "false", true, true)]
    [DataRow("Strict", "false", false, false)]
    [DataRow("strict", "True", false, true)]
    [DataRow("FALSE", "true", false, false)]
    public void Builds_check_as_their_settings_say(string text, string strict, bool isTestProject, bool checks)
    {
        var settings = new ProjectSettings(Find(("DbCheckDuringBuild", text), ("DbStrict", strict)), isTestProject: isTestProject);

        Assert.AreEqual(checks, settings.ChecksBuildOf("net10.0"));
    }

    [TestMethod]
    [DataRow("files", DeploymentForms.Files)]
    [DataRow("Runner", DeploymentForms.Runner)]
    [DataRow("script;files", DeploymentForms.Script | DeploymentForms.Files)]
    [DataRow("runner+script", DeploymentForms.Runner | DeploymentForms.Script)]
    [DataRow("\n  runner;\n  script;\n", DeploymentForms.Runner | DeploymentForms.Script)]
    [DataRow("none", DeploymentForms.None)]
    public void A_publish_may_have_several_forms(string text, DeploymentForms forms) =>
        Assert.AreEqual(forms, Read(("DbPublish", text)).Publish);

    [TestMethod]
    [DataRow("a.sarif", "a.sarif")]
    [DataRow("a.sarif;version=2.1", "a.sarif")]
    [DataRow("a b.sarif, Version=2", "a b.sarif")]
    public void The_SARIF_files_syntax_is_the_compilers(string text, string file) =>
        Assert.AreEqual(file, Read(("DbErrorLog", text)).ErrorLog);

    [TestMethod]
    public void A_strict_build_drafts_nothing()
    {
        Assert.IsTrue(Read(("DbAutoDraft", "True")).DraftsByItself);
        Assert.IsFalse(Read(("DbAutoDraft", "true"), ("DbStrict", "true")).DraftsByItself);
    }

    [TestMethod]
    public void Every_default_is_a_value() =>
        Assert.IsEmpty(ProjectSettings.All.Select(setting => setting.Check(setting.Default)).OfType<Diagnostic>());

    private static Func<Setting, string> Find(params (string Property, string Text)[] values) =>
        setting => Array.Find(values, value => value.Property == setting.Property).Text ?? "";

    private static ProjectSettings Read(params (string Property, string Text)[] values) => new(Find(values));

    private static List<Diagnostic> Problems(params (string Property, string Text)[] values) =>
        [.. ProjectSettings.Problems(Find(values), _frameworks, [])];
}
