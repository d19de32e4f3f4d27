using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The message of a draft is <c>Msg</c>, or <c>DbMessage</c>, which has the prefix of the other properties.</summary>
[TestClass]
public sealed class RevisionMessageTests : IDisposable
{
    private readonly ShopProject _project = new();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("Msg")]
    [DataRow("DbMessage")]
    [DataRow("dbmessage")]
    public void It_names_the_draft(string property)
    {
        Assert.IsTrue(_project.Run(new DbRevision(), (property, "add prices")));

        Assert.AreEqual("AddPrices", _project.Harness.WorkerRequests.Single()[0]["revision-name"]);
    }

    [TestMethod]
    [DataRow("Msg")]
    [DataRow("DbMessage")]
    public void A_verb_that_writes_no_draft_refuses_it(string property)
    {
        Assert.IsFalse(_project.Run(new DbApprove(), (property, "add prices")));

        Assert.StartsWith("DbApprove has no property Msg. It accepts: -p:DbRev=…", _project.Error.Text);
        Assert.AreEqual(0, _project.Harness.Starts);
    }
}
