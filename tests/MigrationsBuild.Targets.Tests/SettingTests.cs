using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// Settings count in project files and in <c>-p:</c>; nothing that is misspelled or comes from the environment switches a gate off.
/// </summary>
[TestClass]
public class SettingTests
{
    /// <summary>Variables that the <c>.env</c> file of an application may have.</summary>
    private static readonly Dictionary<string, string?> _shell = new()
    {
        ["DBDRIFT"] = "off",
        ["DbUnapproved"] = "off",
        ["dbnoverdict"] = "off",
        ["DBSTRICT"] = "false",
        ["DBCHECKDURINGBUILD"] = "false",
        ["DBTARGETFRAMEWORK"] = "net9.0",
        ["DBSTARTUPPROJECT"] = "../Nowhere.csproj",
        ["DBMIGRATEONPUBLISH"] = "true",
        ["DBPUBLISH"] = "prod",
        ["DBREPORT"] = "1",
        ["DBROLE"] = "readonly",
        ["DBTRANSACTION"] = "serializable",
        ["ISTESTPROJECT"] = "true",
        ["DESIGNTIMEBUILD"] = "true",
    };

    [TestMethod]
    public void A_project_file_cant_require_a_reviewer()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("App.csproj", "<Nullable>", "<DbRequireReviewer>true</DbRequireReviewer><Nullable>");

        var error = project.Build().Ours.Single();

        Assert.AreEqual("MIG4010", error.Code);
        Assert.Contains("it counts only in a command line", error.Text);
    }

    [TestMethod]
    public void In_a_build_of_a_build_server_no_variable_counts()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build(new Dictionary<string, string?>(_shell) { ["CI"] = "true" });

        Assert.AreEqual((true, "MIG1001"), (result.Ours.Single().IsError, result.Ours.Single().Code), result.ToString());
        Assert.Contains(
            "The environment variable DBDRIFT has no effect: settings count in project files and in -p: only.", result.Messages);
        Assert.IsFalse(File.Exists(project.Folder["1"]));
    }

    [TestMethod]
    public void Settings_of_the_project_and_the_call_count()
    {
        using var project = TestProject.CreateMigrated(properties: "<DbReport>report.md</DbReport>").AddAvatar();

        var result = project.Build(_shell, "-p:DbDrift=Off");

        Assert.IsEmpty(result.Ours, result.ToString());
        Assert.IsTrue(File.Exists(project.Folder["report.md"]));
    }

    [TestMethod]
    public void DbMigrate_works_as_the_login()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());

        var environment = new Dictionary<string, string?>(_shell) { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(database) };

        var result = project.Build(environment, "-t:DbMigrate");

        Assert.IsTrue(result.Succeeded, result.ToString());
        var owners = server.Query(database, "SELECT tableowner::text FROM pg_tables WHERE tablename = 'Users'");
        CollectionAssert.AreEqual(new[] { "postgres" }, owners.ToArray());
        server.Execute("postgres", $"DROP DATABASE {database}");
    }

    [TestMethod]
    public void A_name_that_is_none_reaches_no_database()
    {
        using var project = TestProject.CreateMigrated();
        var environment = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };

        var error = project.Build(environment, "-t:DbMigrate", "-p:DbDryRnu=true").Ours.Single();

        Assert.AreEqual("MIG4010", error.Code);
        Assert.Contains("Did you mean DbDryRun?", error.Text);
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void A_publish_has_the_default_form_and_touches_no_database()
    {
        using var project = TestProject.CreateMigrated();
        var environment = new Dictionary<string, string?>(_shell) { ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };
        string[] publish = ["publish", "App.csproj", "--no-restore", "-c", "Debug", "-o", "out"];

        var result = Dotnet.Build(project.Folder.Path, publish, environment);
        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.IsTrue(File.Exists(project.Folder["out/migrations/AppDbContext.manifest"]));
        Assert.IsFalse(File.Exists(project.Folder["app.db"]));
    }

    [TestMethod]
    public void A_props_file_with_the_value_of_a_variable_is_ambiguous()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Folder.Write("../Directory.Build.props", "<Project><PropertyGroup><DbDrift>off</DbDrift></PropertyGroup></Project>");
        var environment = new Dictionary<string, string?> { ["DBDRIFT"] = "off" };

        var error = project.Build(environment).Ours.Single();

        Assert.AreEqual((true, "MIG4010"), (error.IsError, error.Code));
        Assert.StartsWith("DbDrift is mentioned in ", error.Text);
        Assert.EndsWith(
            "the environment variable DBDRIFT has the same value, so MigrationsBuild can't determine which of them set it. Unset DBDRIFT.",
            error.Text);
        environment["DBDRIFT"] = "error";
        Assert.IsEmpty(project.Build(environment).Ours, "The file counts before a variable of another value.");
    }

    [TestMethod]
    public void A_spelling_that_MSBuild_cant_be_asked_for_is_an_error()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        // MSBuild's server takes over no variable in such a spelling.
        var environment = new Dictionary<string, string?> { ["dbCheckDuringBUILD"] = "false", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" };
        var error = project.Build(environment).Ours.Single();

        Assert.AreEqual((true, "MIG4010"), (error.IsError, error.Code));
        Assert.StartsWith("DbCheckDuringBuild gets its value from the environment variable dbCheckDuringBUILD", error.Text);
    }

    [TestMethod]
    [DataRow("DbCheckDuringBuild", "yes")]
    [DataRow("DbTargetFramework", "net9.0")]
    public void A_value_that_is_none_fails_the_build_even_where_it_would_switch_it_off(string property, string value)
    {
        using var project = TestProject.CreateMigrated(properties: $"<{property}>{value}</{property}>").AddAvatar();

        var errors = project.Build(TestCode.Ci).Ours;

        Assert.AreEqual((true, "MIG4010"), (errors.Single().IsError, errors.Single().Code));
        Assert.StartsWith($"{property} is {value}", errors[0].Text);
    }

    [TestMethod]
    public void Of_several_frameworks_the_one_that_is_chosen_must_exist()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        const string Several = "<TargetFrameworks>\n net10.0;\n</TargetFrameworks>";
        project.Folder.Replace("App.csproj", "<TargetFramework>net10.0</TargetFramework>", Several);
        var shell = new Dictionary<string, string?> { ["DBTARGETFRAMEWORK"] = "net9.0" };

        Assert.AreEqual("MIG1001", project.Build(shell).Ours.Single().Code);
        Assert.IsTrue(project.Build(shell, "-t:DbHistory").Succeeded);
        var error = project.Build("-t:DbHistory", "-p:DbTargetFramework=net9.0").Ours.Single();
        Assert.AreEqual((true, "MIG4010"), (error.IsError, error.Code));
        Assert.Contains("has no such target framework", error.Text);
    }
}
