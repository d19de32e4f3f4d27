using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

[TestClass]
public class ExitCodeTests
{
    [TestMethod]
    public void Drift_and_drafts_are_3_and_other_failures_are_1()
    {
        using var project = TestProject.CreateMigrated();
        Assert.AreEqual(0, project.Call(null, "check").ExitCode);

        var failed = project.Call(null, "migrate", "nonsense");
        Assert.AreEqual(1, failed.ExitCode, failed.ToString());
        Assert.Contains("error MIG3007: Can't locate revision identified by 'nonsense'", failed.Error);
        Assert.IsEmpty(failed.Error.Split('\n').Where(line => line.Contains("MSB", StringComparison.Ordinal)));

        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        var drift = project.Call(null, "check");
        Assert.AreEqual(3, drift.ExitCode, drift.ToString());
        Assert.StartsWith("Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration", drift.Error);
        var environment = new Dictionary<string, string?> { ["CI"] = "true", ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };
        Assert.AreEqual(3, project.Call(environment, "migrate").ExitCode);
        Assert.AreEqual(0, project.Call(null, "migrate").ExitCode, "A warning on a developer's machine.");

        project.Succeed("revision");
        Assert.AreEqual(3, project.Call(null, "check").ExitCode);
    }

    [TestMethod]
    public void An_option_of_verbs_is_refused_where_it_would_have_no_effect()
    {
        using var folder = new TestFolder();

        var result = Db.Run(folder.Path, null, "explain", "MIG1001", "--json");

        Assert.AreEqual(2, result.ExitCode, result.ToString());
        Assert.Contains("explain has no option --json.", result.Output + result.Error);
        Assert.AreEqual(0, Db.Run(folder.Path, null, "explain", "MIG1001").ExitCode);
    }

    [TestMethod]
    public void Code_that_doesnt_compile_is_1_and_shows_the_compilers_error()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("Models/Broken.cs", "class {");

        var result = project.Call(null, "current");

        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains("Broken.cs(1,7): error CS1001:", result.Error);
    }

    [TestMethod]
    public void Without_a_build_the_project_is_taken_as_it_was_last_built()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed("migrate");
        project.Folder.Write("Models/Broken.cs", "class {");

        Assert.Contains("_Initial (head)", project.Succeed("current", "--no-build"));
        Assert.AreEqual(1, project.Call(null, "current").ExitCode, "It doesn't compile.");
    }

    [TestMethod]
    public void A_command_line_that_means_nothing_is_2()
    {
        using var folder = new TestFolder();

        var result = Db.Run(folder.Path, null, "migrat");

        Assert.AreEqual(2, result.ExitCode);
        Assert.AreEqual("error MIG4011: There is no verb 'migrat'. Did you mean: dotnet db migrate\n", result.Error);
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    [DataRow("mig1001", 0, "# MIG1001: A model change has no migration")]
    [DataRow("4013", 0, "# MIG4013:")]
    [DataRow("MIG1099", 2, "There is no code MIG1099. Did you mean MIG1009")]
    public void Explain_prints_a_page(string code, int exitCode, string text)
    {
        using var folder = new TestFolder();

        var result = Db.Run(folder.Path, null, "explain", code);

        Assert.AreEqual(exitCode, result.ExitCode);
        Assert.Contains(text, result.Output + result.Error);
    }
}
