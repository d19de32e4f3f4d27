using System.Text.Json;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class DriftTests
{
    private const string Avatar =
        "Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. "
        + "Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"";

    [TestMethod]
    public void Every_build_reports_it_with_a_hint_and_only_the_first_starts_a_process()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var first = project.Build();
        var second = project.Build();

        Assert.IsTrue(first.Succeeded, first.ToString());
        Assert.AreEqual(Avatar, first.Ours.Single().ToString());
        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual(0, second.WorkerStarts);
        Assert.AreEqual(Avatar, second.Ours.Single().ToString());
    }

    [TestMethod]
    public void Locations_are_right_in_optimized_code_and_with_mapped_paths()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build("-c", "Release", "-p:ContinuousIntegrationBuild=true");

        Assert.AreEqual(("Models/User.cs", 9, 20), Location(result.Ours.Single()));
        Assert.IsTrue(result.Ours.Single().IsError);
    }

    [TestMethod]
    [DataRow("CI", "true", "CI=true")]
    [DataRow("CI", "1", "CI=1")]
    [DataRow("CI", "false", "")]
    [DataRow("CI", "0", "")]
    [DataRow("GITHUB_ACTIONS", "true", "GITHUB_ACTIONS is set")]
    [DataRow("BUILD_ID", "7", "")]
    public void A_build_server_is_known_by_its_variables(string variable, string value, string because)
    {
        using var project = TestProject.Create();

        var strict = Strict(project, new Dictionary<string, string?> { [variable] = value });

        Assert.AreEqual((because.Length > 0 ? "true" : "false", because), strict);
    }

    [TestMethod]
    public void DbStrict_applies_to_every_machine()
    {
        using var project = TestProject.Create();

        Assert.AreEqual(("true", "DbStrict=true"), Strict(project, [], "-p:DbStrict=true"));
        Assert.AreEqual(("False", ""), Strict(project, TestCode.Ci, "-p:DbStrict=False"));
    }

    /// <summary>Whether a build of the project would be strict, and why, without the build.</summary>
    private static (string? DbStrict, string? Because) Strict(
        TestProject project, Dictionary<string, string?> environment, params string[] arguments)
    {
        const string Because = "_MigrationsBuildStrictBecause";
        string[] call = ["msbuild", "App.csproj", "-getProperty:DbStrict", "-getProperty:" + Because, .. arguments];
        var result = Dotnet.Run(project.Folder.Path, call, environment);
        var properties = JsonDocument.Parse(result.Output).RootElement.GetProperty("Properties");
        return (properties.GetProperty("DbStrict").GetString(), properties.GetProperty(Because).GetString());
    }

    private static (string File, int Line, int Column) Location(BuildDiagnostic finding) => (finding.File, finding.Line, finding.Column);
}
