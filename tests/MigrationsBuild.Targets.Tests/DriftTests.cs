using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class DriftTests
{
    private const string Avatar =
        "Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"";

    [TestMethod]
    public void A_new_property_is_named_at_its_place_with_the_command_that_mends_it()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build();

        Assert.IsTrue(result.Succeeded, result.ToString());
        Assert.AreEqual(Avatar, result.Ours.Single().ToString());
    }

    [TestMethod]
    public void Every_build_says_it_and_only_the_first_starts_a_process()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var first = project.Build();
        var second = project.Build();

        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual(0, second.WorkerStarts);
        Assert.AreEqual(Avatar, second.Ours.Single().ToString());
    }

    [TestMethod]
    public void Places_hold_in_optimized_code_and_under_mapped_paths()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build("-c", "Release", "-p:ContinuousIntegrationBuild=true");

        Assert.AreEqual(("Models/User.cs", 9, 20), Place(result.Ours.Single()));
        Assert.IsTrue(result.Ours.Single().IsError);
    }

    [TestMethod]
    public void A_project_without_context_is_left_in_peace()
    {
        using var project = TestProject.Create();
        project.Folder.Write("AppContext.cs", "");

        Assert.IsEmpty(project.Build().Ours);
    }

    [TestMethod]
    [DataRow("CI", "true", true)]
    [DataRow("CI", "1", true)]
    [DataRow("CI", "false", false)]
    [DataRow("CI", "0", false)]
    [DataRow("GITHUB_ACTIONS", "true", true)]
    [DataRow("BUILD_ID", "7", false)]
    public void A_build_server_makes_errors_of_it_and_says_why(string variable, string value, bool isError)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var result = project.Build(new Dictionary<string, string?> { [variable] = value });

        Assert.AreEqual(isError, result.Ours.Single().IsError);
        Assert.AreEqual(!isError, result.Succeeded);
        Assert.AreEqual(isError, result.Ours.Single().Text.EndsWith($"(An error, because {variable}{(variable == "CI" ? "=" + value : " is set")}.)", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("-p:DbDrift=error", "error")]
    [DataRow("-p:DbDrift=off", "")]
    [DataRow("-p:TreatWarningsAsErrors=true", "error")]
    [DataRow("-p:NoWarn=MIG1001", "")]
    [DataRow("-warnaserror", "error")]
    [DataRow("-p:DbCheckDuringBuild=false", "")]
    [DataRow("-p:DbCheckDuringBuild=strict", "")]
    [DataRow("-p:DbStrict=true", "error")]
    public void It_can_be_made_louder_and_silenced(string argument, string severity)
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        var findings = project.Build(argument).Ours;

        Assert.AreEqual(severity, findings.SingleOrDefault() is { } finding ? finding.IsError ? "error" : "warning" : "");
    }

    private static (string File, int Line, int Column) Place(BuildDiagnostic finding) => (finding.File, finding.Line, finding.Column);
}
