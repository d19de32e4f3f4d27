using MigrationsBuild.Contexts;
using MigrationsBuild.Tasks.VerbTasks;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A draft is amended, if no edits are lost.</summary>
[TestClass]
public sealed class AmendTests : IDisposable
{
    private static readonly Emission _one = new("ALTER TABLE a ADD b;\n", "ALTER TABLE a DROP b;\n", null, ["adds column b"], [], []);
    private static readonly Emission _two =
        _one with { Up = "ALTER TABLE a ADD b;\n\nALTER TABLE a ADD c;\n", Operations = ["adds b and c"] };

    private readonly ShopProject _project = new();

    public AmendTests() => _project.Folder.Write("Migrations/ShopContextModelSnapshot.cs", Snapshot("as it was"));

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_newest_draft_is_made_again_under_its_own_id()
    {
        Draft();

        Assert.IsTrue(Amend(B));

        Assert.AreEqual($"ShopContext: drafted again {B}", _project.Lines[0]);
        Assert.Contains("    adds b and c", _project.Lines);
        Assert.EndsWith("\n\n" + _two.Up, _project.Folder.Read(Up(B)));
        Assert.IsTrue(_project.Harness.WorkerRequests.Single()[0].Has("revision-amend"));
        Assert.AreEqual("MIG1002", _project.Build().Single().Code);
    }

    [TestMethod]
    public void With_a_message_it_gets_another_name()
    {
        const string Other = "20260102000000_GiveUsersAFace";
        Draft();

        Assert.IsTrue(Amend(Other, ("Msg", "give users a face")));

        Assert.AreEqual("GiveUsersAFace", _project.Harness.WorkerRequests.Single()[0]["revision-name"]);
        Assert.EndsWith("\n\n" + _two.Up, _project.Folder.Read(Up(Other)));
        Assert.IsEmpty(Directory.GetFiles(_project.Folder["Migrations"], B + ".*"));
        Assert.AreEqual("MIG1002", _project.Build().Single().Code);
    }

    [TestMethod]
    public void Discard_of_an_amended_draft_restores_the_snapshot_before_the_first_draft()
    {
        var before = _project.Folder.Sources();
        Draft();
        Assert.IsTrue(Amend(B));

        var discard = new DbDiscard { BeforeBuild = true };
        Assert.IsTrue(_project.Run(discard));

        Assert.IsTrue(discard.IsDone);
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    [DataRow("C#")]
    [DataRow("SQL")]
    public void Edits_by_hand_are_not_lost(string edited)
    {
        Draft();
        if (edited == "C#")
            _project.Write(B, _one, comment: "// Mine.");
        else
            _project.Folder.Replace(Up(B), "ADD b", "ADD bb");
        _project.Build();
        var before = _project.Folder.Sources();

        Assert.IsFalse(Amend(B));

        Assert.AreEqual(("MIG4008", Source(B)), (_project.Error.Code, _project.Error.File));
        Assert.Contains("the edits would be lost", _project.Error.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void An_approved_one_is_never_made_again()
    {
        var before = _project.Folder.Sources();

        Assert.IsFalse(Amend(A));

        Assert.AreEqual(("MIG4008", Source(A)), (_project.Error.Code, _project.Error.File));
        Assert.Contains($"{A} is approved, so it isn't amended", _project.Error.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void One_that_isnt_needed_any_more_is_left_to_a_discard()
    {
        Draft();

        Assert.IsTrue(_project.Run(new DbRevision(), ("DbAmend", "true")));

        Assert.EndsWith(
            "without the newest migration there is no drift, so the migration isn't needed. Run: dotnet build -t:DbDiscard",
            _project.Lines.Single());
    }

    private void Draft()
    {
        Assert.IsTrue(_project.Draft(new DbRevision(), B, _one));
        _project.Harness.ForgetStarts();
    }

    private bool Amend(string id, params (string, string)[] properties) =>
        _project.Draft(new DbRevision(), id, _two, [("DbAmend", "true"), .. properties], replaces: id is A or B ? null : B);
}
