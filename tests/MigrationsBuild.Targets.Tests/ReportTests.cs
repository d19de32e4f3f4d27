using System.Text.Json;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>The report files of a build: a comment for a pull request, and SARIF for code scanning.</summary>
[TestClass]
public class ReportTests
{
    private const string Report = "-p:DbReport=out/report.md";
    private static readonly string[] _asked = [Report, "-p:DbReportSince=HEAD", "-p:DbErrorLog=out/db.sarif"];

    [TestMethod]
    public void A_report_has_the_changes_with_paths_relative_to_the_repository()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        Git(project, "init", "-q");
        Git(project, "commit", "-q", "--allow-empty", "-m", "main");

        Assert.IsFalse(project.Build(TestCode.Ci, _asked).Succeeded);

        var report = project.Folder.Read("out/report.md");
        Assert.Contains("### AppDbContext: 1 model change without migration, 1 new migration\n", report);
        Assert.Contains("| MIG1001 | <code>App/Models/User.cs:", report);
        Assert.Contains("- adds table &#34;Users&#34;", report, "The operations are shown although the SQL was not needed.");
        Assert.AreEqual("MIG1001 error App/Models/User.cs", Result(project));
    }

    [TestMethod]
    public void Builds_and_publishes_write_it_also_when_nothing_has_changed()
    {
        using var project = TestProject.CreateMigrated();
        string[] asked = [Report, "-p:DbErrorLog=out/db.sarif%2Cversion=2.1"];
        foreach (var call in new[] { new[] { "build" }, ["publish", "--no-build", "-c", "Debug"] })
        {
            var result = Dotnet.Build(project.Folder.Path, [.. call, "--no-restore", .. asked]);
            Assert.IsTrue(result.Succeeded, result.ToString());

            Assert.Contains("### AppDbContext: no changes\n", project.Folder.Read("out/report.md"), string.Join(' ', call));
            Assert.AreEqual("", Result(project));
            Directory.Delete(project.Folder["out"], recursive: true);
        }
    }

    private static string Result(TestProject project) => string.Join(
        ", ",
        JsonDocument.Parse(project.Folder.Read("out/db.sarif")).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => $"{result.GetProperty("ruleId")} {result.GetProperty("level")} {UriOf(result)}"));

    private static JsonElement UriOf(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri");

    private static void Git(TestProject project, params string[] arguments)
    {
        var result = CommandLine.Run(project.Folder.Run, "git", ["-c", "user.name=test", "-c", "user.email=test@localhost", .. arguments]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }
}
