using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Several contexts in a project.</summary>
[TestClass]
public sealed class ContextShapeTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_finding_of_one_of_several_contexts_has_a_command_that_names_it()
    {
        var drift = new Diagnostic(
            DiagnosticCodes.Drift, "Order.Note has no migration.", Hint.Run(VerbTable.Revision).With("Msg", "add order note"));
        var other = _harness.Context() with { Name = "App.OtherContext", Folder = _harness.Folder["Other"] };
        _harness.Answers(_harness.Context() with { Drift = [drift] }, other);
        _harness.Execute(new DbApprove());

        _harness.Execute(new CheckMigrations());

        Assert.EndsWith(
            "Run: dotnet build -t:DbRevision -p:Msg=\"add order note\" -p:DbContextName=ShopContext",
            _harness.Engine.Warnings.Single(warning => warning.Code == "MIG1001").Message);
    }

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
