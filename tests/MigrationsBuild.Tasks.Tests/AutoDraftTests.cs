using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>With <c>DbAutoDraft</c> a build writes the draft itself.</summary>
[TestClass]
public sealed class AutoDraftTests : IDisposable
{
    private static readonly Emission _one = new("ALTER TABLE a ADD b;\n", "ALTER TABLE a DROP b;\n", null, ["adds column b"], [], []);
    private readonly ShopProject _project = new();

    public AutoDraftTests()
    {
        _project.Harness.Metadata["DbAutoDraft"] = "true";
        _project.Drift.Add(new Diagnostic(DiagnosticCodes.Drift, "A.B has no migration"));
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Drift_becomes_a_draft_which_the_finding_names_instead()
    {
        Draft(B, _one);

        var finding = _project.Findings.Single();
        Assert.AreEqual(("MIG1002", Up(B), false), (finding.Code, finding.File, finding.IsError));
        Assert.StartsWith($"{B} was drafted by this build.", finding.Text);
        Assert.AreEqual($"ShopContext: drafted {B}", _project.Lines[0]);
        Assert.EndsWith("\n\n" + _one.Up, _project.Folder.Read(Up(B)));
        Assert.IsTrue(_project.Harness.WorkerRequests.Single()[0].Has("auto-draft"));
        _project.Harness.ForgetStarts();
        _project.Drift.Clear();
        Assert.AreEqual("MIG1002", _project.Build().Single().Code, "The draft is compiled, so the worker is asked.");
        _project.Harness.Execute(new CheckMigrations());
        Assert.AreEqual("MIG1002", _project.Findings.Single().Code);
        Assert.HasCount(1, _project.Harness.WorkerRequests);
    }

    [TestMethod]
    public void A_build_that_has_drafted_keeps_no_verdict()
    {
        Draft(B, _one);
        _project.Harness.ForgetStarts();

        _project.Harness.Answers(_project.Report).Execute(new CheckMigrations());

        Assert.HasCount(1, _project.Harness.WorkerRequests, "The same assembly, but it doesn't hold the draft yet.");
    }

    [TestMethod]
    public void Further_drift_goes_into_the_draft_until_it_is_approved()
    {
        Draft(B, _one);
        var two = _one with { Up = "ALTER TABLE a ADD b;\n\nALTER TABLE a ADD c;\n" };

        Draft(B, two);
        Assert.AreEqual($"ShopContext: drafted again {B}", _project.Lines[0]);
        Assert.EndsWith("\n\n" + two.Up, _project.Folder.Read(Up(B)));
        Assert.IsTrue(_project.Run(new DbApprove()));
        var approved = _project.Folder.Read(Up(B));
        const string Next = "20260103000000_C";
        Draft(Next, _one with { Up = "ALTER TABLE a ADD d;\n" });

        Assert.AreEqual($"ShopContext: drafted {Next}", _project.Lines[0]);
        Assert.AreEqual(approved, _project.Folder.Read(Up(B)));
        Assert.AreEqual(Up(Next), _project.Findings.Single().File);
    }

    [TestMethod]
    public void Without_a_draft_the_drift_is_reported()
    {
        var before = _project.Folder.Sources();

        Assert.AreEqual("MIG1001", _project.Build().Single().Code);

        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void A_build_server_asks_for_no_draft()
    {
        Assert.IsTrue(_project.BuildStrict().Single() is { Code: "MIG1001", IsError: true });

        Assert.IsFalse(_project.Harness.WorkerRequests.Single()[0].Has("auto-draft"));
    }

    /// <summary>A build to which the worker answers with a draft.</summary>
    private void Draft(string id, Emission emission)
    {
        _project.Folder.Write("bin/App.dll", Guid.NewGuid().ToString());
        Assert.IsTrue(_project.Draft(new CheckMigrations(), id, emission));
    }
}
