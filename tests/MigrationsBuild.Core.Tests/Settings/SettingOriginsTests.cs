using MigrationsBuild.Settings;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Settings;

/// <summary>Every environment variable is a property of MSBuild; as a setting it doesn't count.</summary>
[TestClass]
public sealed class SettingOriginsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_variable_that_was_cleared_has_no_effect_and_is_reported()
    {
        _environment["DBDRIFT"] = "off";
        _environment["PATH"] = "/bin";

        Assert.IsEmpty(Problems("DbDrift", "", cleared: ["DbDrift"]));
        CollectionAssert.AreEqual(new[] { "DBDRIFT" }, Origins([], []).Ignored.ToArray());
    }

    [TestMethod]
    public void What_the_project_says_counts_whatever_the_variable_says()
    {
        _environment["DBDRIFT"] = "off";

        Assert.IsEmpty(Problems("DbDrift", "error", cleared: []));
        Assert.IsEmpty(Problems("DbDrift", "off", cleared: ["DbDrift"]), "Cleared, and set again by the project.");
        Assert.IsEmpty(Problems("DbDrift", "off", cleared: []), "The props file compares this spelling, so it came later.");
    }

    [TestMethod]
    public void A_spelling_that_the_props_file_cant_ask_for_is_an_error_if_it_has_the_value()
    {
        _environment["dBdRIFT"] = "off";

        Assert.Contains(
            "DbDrift gets its value from the environment variable dBdRIFT, but environment variables aren't used as settings. "
            + "Unset dBdRIFT",
            Problems("DbDrift", "off", cleared: []).Single());
        Assert.IsEmpty(Problems("DbDrift", "error", cleared: []));
        Assert.IsEmpty(Problems("DbRole", "off", cleared: []), "It is another setting's.");
    }

    [TestMethod]
    public void So_is_a_value_that_MSBuild_reads_otherwise_than_the_environment_has_it()
    {
        _environment["DBROLE"] = "a%3Bb";

        Assert.Contains("environment variable DBROLE", Problems("DbRole", "a;b", cleared: []).Single());
    }

    [TestMethod]
    public void The_value_itself_isnt_shown()
    {
        _environment["dbRole"] = "hush-hush";

        Assert.DoesNotContain("hush", Problems("DbRole", "hush-hush", cleared: []).Single());
    }

    [TestMethod]
    public void What_the_call_says_counts()
    {
        _environment["dBdRIFT"] = "off";
        _environment["DBDRIFT"] = "off";

        Assert.IsEmpty(Problems("DbDrift", "off", cleared: ["DbDrift"], globals: ["dbdrift"], props: "<DbDrift>off</DbDrift>"));
    }

    [TestMethod]
    [DataRow("<DbDrift>off</DbDrift>")]
    [DataRow("< dbdrift Condition=\"'$(DbDrift)' == ''\">error</ dbdrift>")]
    public void A_props_file_that_may_have_set_the_same_value_makes_it_an_error(string props)
    {
        _environment["DBDRIFT"] = "off";

        var problem = Problems("DbDrift", "", cleared: ["DbDrift"], props: props).Single();

        Assert.Contains(_folder["Directory.Build.props"], problem);
        Assert.EndsWith("Unset DBDRIFT.", problem);
    }

    [TestMethod]
    [DataRow("<DbDriftNot>off</DbDriftNot>")]
    [DataRow("<Message Text=\"DbDrift\" />")]
    public void A_props_file_that_doesnt_set_it_does_not(string props)
    {
        _environment["DBDRIFT"] = "off";

        Assert.IsEmpty(Problems("DbDrift", "", cleared: ["DbDrift"], props: props));
    }

    [TestMethod]
    public void An_empty_variable_is_none()
    {
        _environment["DBDRIFT"] = "";

        Assert.IsEmpty(Origins([], []).Ignored);
    }

    private List<string> Problems(string property, string value, string[] cleared, string[]? globals = null, string props = "")
    {
        var problems = Origins(cleared, globals ?? [], props).Problems(setting => setting.Property == property ? value : "");
        return [.. problems.Select(problem => problem.Message)];
    }

    private SettingOrigins Origins(string[] cleared, string[] globals, string props = "")
    {
        _folder.Write("Directory.Build.props", props);
        return new SettingOrigins(_environment, globals, cleared, [_folder["Directory.Build.props"]]);
    }
}
