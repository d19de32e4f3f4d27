using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Several contexts in a project.</summary>
[TestClass]
public sealed class ContextShapeTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_context_that_only_reads_is_left_in_peace_and_the_other_one_is_chosen()
    {
        var report = _harness.Context() with { Name = "App.ReportContext", Folder = _harness.Folder["Report"], Migrations = [] };
        _harness.Answers(report, _harness.Context());
        Assert.IsTrue(_harness.Execute(new DbApprove()));

        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.IsEmpty(_harness.Engine.Warnings);
        Assert.IsEmpty(_harness.Engine.Lines);
        Assert.IsTrue(_harness.Execute(new DbHistory()));

        Assert.AreEqual("App.ShopContext", Manifest.From(_harness.RunnerRequests.Single().Skip(1)).Context);
    }
}
