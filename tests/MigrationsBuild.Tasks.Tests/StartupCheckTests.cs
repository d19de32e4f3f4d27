using Microsoft.Build.Utilities;
using MigrationsBuild.Tasks.BuildTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A library whose migrations are checked by the build of its start-up project.</summary>
[TestClass]
public sealed class StartupCheckTests : IDisposable
{
    private readonly TaskHarness _harness = new();
    private readonly TaskItem _startup;

    public StartupCheckTests()
    {
        _startup = new TaskItem(_harness.Folder["Worker/Worker.csproj"]);
        _startup.SetMetadata("AssetsFile", _harness.Folder["Worker/obj/project.assets.json"]);
        References("../App.csproj");
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_start_up_project_that_references_it_checks_it()
    {
        Assert.IsNull(Problem());
    }

    [TestMethod]
    public void A_start_up_project_that_doesnt_reference_it_checks_nothing_of_it()
    {
        References("../Api/App.csproj");

        Assert.Contains("No build checks the migrations of this project: Worker.csproj creates its contexts, but it doesn't", Problem()!);
        Assert.EndsWith($"reference \"{_harness.Folder["App.csproj"]}\"", Problem()!);
        _harness.Metadata["DbStrict"] = "true";
        Assert.IsFalse(_harness.Execute(new CheckSettings { Checker = _startup }));
        Assert.AreEqual("MIG4016", _harness.Engine.Errors.Single().Code);
        _harness.Metadata["DbCheckDuringBuild"] = "false";
        Assert.IsTrue(_harness.Execute(new CheckSettings { Checker = _startup }), "The library doesn't want to be checked.");
    }

    [TestMethod]
    [DataRow("IsTestProject", "true")]
    [DataRow("DbCheckDuringBuild", "false")]
    public void A_start_up_project_whose_builds_check_nothing_is_a_problem(string metadata, string value)
    {
        _startup.SetMetadata(metadata, value);

        Assert.Contains("its builds don't check migrations", Problem()!);
        _startup.SetMetadata("DbCheckDuringBuild", "true");
        Assert.IsNull(Problem());
    }

    [TestMethod]
    public void A_start_up_project_may_check_only_strict_builds_but_then_it_must_be_strict()
    {
        _startup.SetMetadata("DbCheckDuringBuild", "strict");

        Assert.IsNull(Problem());
        _harness.Metadata["DbStrict"] = "true";
        Assert.IsFalse(_harness.Execute(new CheckSettings { Checker = _startup }));
        _startup.SetMetadata("DbStrict", "true");
        Assert.IsTrue(_harness.Execute(new CheckSettings { Checker = _startup }));
    }

    [TestMethod]
    public void A_start_up_project_that_isnt_restored_is_no_problem_of_the_library()
    {
        File.Delete(_harness.Folder["Worker/obj/project.assets.json"]);

        Assert.IsNull(Problem());
    }

    private void References(string project) => _harness.Folder.Write(
        "Worker/obj/project.assets.json",
        $$"""{ "libraries": { "App/1.0.0": { "type": "project", "path": "{{project}}", "msbuildProject": "{{project}}" } } }""");

    private string? Problem()
    {
        Assert.IsTrue(_harness.Execute(new CheckSettings { Checker = _startup }));
        return _harness.Engine.Warnings.SingleOrDefault()?.Message;
    }
}
