using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>
/// A setting that can't be understood, or whose value comes from the environment, is an error before anything else happens.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class SettingCheckTests : IDisposable
{
    // Odd on purpose: MSBuild's own functions can't ask for this spelling.
    private const string OddSpelling = "dBdRIFT";

    private readonly TaskHarness _harness = new();

    public static IEnumerable<object[]> Tasks =>
        typeof(MigrationsTask).Assembly.GetExportedTypes()
            .Where(type => typeof(MigrationsTask).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => new object[] { type });

    public void Dispose()
    {
        foreach (var name in new[] { OddSpelling, "DBDRIFT", "DBROLE" })
            Environment.SetEnvironmentVariable(name, null);
        _harness.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void In_every_task_a_wrong_setting_is_an_error_and_starts_nothing(Type task)
    {
        (_harness.Metadata["DbDrift"], _harness.Metadata["DbCheckDuringBuild"]) = ("errors", "false");

        Assert.IsFalse(_harness.Execute((MigrationsTask)Activator.CreateInstance(task)!));

        Assert.AreEqual("MIG4010", _harness.Engine.Errors.Single().Code);
        Assert.StartsWith("DbDrift is errors. It must be error, warning or off", _harness.Engine.Errors.Single().Message!);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void All_invalid_settings_are_reported_together()
    {
        (_harness.Metadata["DbStrict"], _harness.Metadata["DbErrorLog"], _harness.Metadata["DbTargetFramework"]) = ("yes", "a,b", "net9.0");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        Assert.HasCount(3, _harness.Engine.Errors);
    }

    [TestMethod]
    [DataRow("False", "false", 0)]
    [DataRow("strict", "false", 0)]
    [DataRow("strict", "true", 1)]
    [DataRow("TRUE", "False", 1)]
    public void A_build_that_doesnt_check_starts_nothing(string setting, string strict, int starts)
    {
        (_harness.Metadata["DbCheckDuringBuild"], _harness.Metadata["DbStrict"]) = (setting, strict);

        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());

        Assert.AreEqual(starts, _harness.Starts);
    }

    [TestMethod]
    public void A_variable_in_an_odd_spelling_is_an_error()
    {
        Environment.SetEnvironmentVariable(OddSpelling, "off");
        _harness.Metadata["DbDrift"] = "off";

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        Assert.Contains($"environment variable {OddSpelling}", _harness.Engine.Errors.Single().Message!);
        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations(), ("DbDrift", "off")), "The call says it itself.");
    }

    [TestMethod]
    public void A_variable_that_was_cleared_is_mentioned_in_a_message()
    {
        Environment.SetEnvironmentVariable("DBROLE", "readonly");
        _harness.Metadata["ClearedSettings"] = ";DbRole;";

        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations()));

        Assert.ContainsSingle(
            message => message.Message!.StartsWith("The environment variable DBROLE has no effect", StringComparison.Ordinal),
            _harness.Engine.Messages);
        Assert.IsEmpty(_harness.Engine.Warnings);
    }

    [TestMethod]
    [DataRow("Directory.Build.props")]
    [DataRow("../Directory.Build.props")]
    [DataRow("../Shared.props")]
    public void A_props_file_above_the_project_that_may_have_set_it_makes_it_an_error(string file)
    {
        Environment.SetEnvironmentVariable("DBDRIFT", "error");
        _harness.Metadata["ClearedSettings"] = ";DbDrift;";
        _harness.Folder.Write(file, "<Project><PropertyGroup><DbDrift>error</DbDrift></PropertyGroup></Project>");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        Assert.EndsWith("Unset DBDRIFT.", _harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    [DataRow("DbDryRun", "yes")]
    [DataRow("DbVerbose", "1")]
    public void A_flag_of_a_call_is_true_or_false(string flag, string value)
    {
        Assert.IsFalse(_harness.Execute(new DbMigrate(), (flag, value)));

        Assert.AreEqual($"{flag} is {value}. It must be true or false.", _harness.Engine.Errors.Single().Message);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    [DataRow("DbDryRnu", "DbDryRun")]
    [DataRow("dbdryrunn", "DbDryRun")]
    [DataRow("DbFroce", "DbForce")]
    [DataRow("DbStict", "DbStrict")]
    [DataRow("DbContextNames", "DbContextName")]
    public void A_misspelled_name_in_a_call_is_an_error(string name, string meant)
    {
        Assert.IsFalse(_harness.Execute(new DbMigrate(), (name, "true")));

        Assert.AreEqual(
            $"There is no property {name}. Did you mean {meant}?", _harness.Engine.Errors.Single().Message);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    [DataRow("App.csproj")]
    [DataRow("Directory.Build.props")]
    public void A_misspelled_name_in_a_file_is_an_error_at_its_line(string file)
    {
        _harness.Metadata["PropsFile"] = _harness.Folder["Directory.Build.props"];
        const string Setting = "<DbCompileDesigner>newest</DbCompileDesigner>";
        _harness.Folder.Write(file, $"<Project>\n  <!--\n  <DbStict /> -->\n  <PropertyGroup><DbName>a</DbName>{Setting}\n");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG4010", file, 4, 37), (error.Code, Path.GetFileName(error.File), error.LineNumber, error.ColumnNumber));
        Assert.StartsWith("There is no setting DbCompileDesigner. Did you mean DbCompileDesigners? ", error.Message!);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    [DataRow("DbStrict", "MIG4010")]
    [DataRow("dbDrift", "MIG4010")]
    [DataRow("DbStrct", "MIG4010")]
    [DataRow("DbName", null)]
    public void A_setting_in_Directory_Build_targets_is_an_error_because_it_is_read_before(string name, string? code)
    {
        _harness.Metadata["TargetsFile"] = _harness.Folder["Directory.Build.targets"];
        _harness.Folder.Write(
            "Directory.Build.targets", $"<Project><!-- <DbLint /> -->\n\n  <PropertyGroup><{name}>true</{name}></PropertyGroup></Project>");

        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());

        Assert.AreEqual(code, _harness.Engine.Errors.SingleOrDefault()?.Code);
        Assert.AreEqual(code is null ? 0 : 3, _harness.Engine.Errors.SingleOrDefault()?.LineNumber ?? 0);
    }

    [TestMethod]
    [DataRow("DbDryRun")]
    [DataRow("dbforce")]
    public void A_property_of_calls_in_a_file_is_an_error(string name)
    {
        _harness.Folder.Write("App.csproj", $"<Project><PropertyGroup><{name}>true</{name}></PropertyGroup></Project>");

        Assert.IsFalse(_harness.Execute(new DbMigrate()));

        Assert.AreEqual($"{name} has an effect only in a command line. Remove it from this file.", _harness.Engine.Errors.Single().Message);
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void A_required_reviewer_in_a_file_is_reported_once()
    {
        _harness.Metadata["RequireReviewer"] = "true";
        const string Property = "<dbRequireReviewer>true</dbRequireReviewer>";
        _harness.Folder.Write("App.csproj", $"<Project><PropertyGroup>{Property}</PropertyGroup></Project>");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        Assert.StartsWith("DbRequireReviewer is true, but", _harness.Engine.Errors.Single().Message!);
    }

    [TestMethod]
    [DataRow("DbPort")]
    [DataRow("DbName")]
    [DataRow("DbHost")]
    [DataRow("DbUser")]
    [DataRow("DbConnection")]
    public void A_property_of_the_projects_own_is_left_alone(string name)
    {
        _harness.Folder.Write("App.csproj", $"<Project><PropertyGroup><{name}>a</{name}></PropertyGroup></Project>");

        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations(), (name, "b")));
    }
}
