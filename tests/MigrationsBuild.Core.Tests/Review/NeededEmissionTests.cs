using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>Which migrations the worker turns into SQL for a check: as few as a verdict needs.</summary>
[TestClass]
public sealed class NeededEmissionTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A");

    public NeededEmissionTests() => Forget("1_A", "2_B");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_draft_does() => Needs("2_B");

    [TestMethod]
    public void What_was_emitted_already_doesnt()
    {
        _project.Change("2_B", migration => _project.Migration(migration.Id));

        Needs("");
    }

    [TestMethod]
    [DataRow("2_B.sql")]
    [DataRow("2_B.down.sql")]
    public void An_edited_draft_doesnt(string file)
    {
        _project.Folder.Replace("Migrations/" + file, "TABLE", "VIEW");

        Needs("");
    }

    [TestMethod]
    public void An_approved_migration_does_when_its_source_changes()
    {
        _project.Change("1_A", migration => migration with { SourceHash = ReviewedProject.Hash("changed") });

        Needs("1_A 2_B");
    }

    [TestMethod]
    public void One_that_was_adopted_without_SQL_never_does()
    {
        _project.Approve(_project.Review().Approvals!.Approvals[0] with { UpHash = Approval.None, DownHash = Approval.Irreversible });
        _project.Change("1_A", migration => migration with { SourceHash = ReviewedProject.Hash("changed") });

        Needs("2_B");
    }

    [TestMethod]
    public void Without_approvals_file_none_does()
    {
        File.Delete(_project["Shop.approvals"]);

        Needs("");
    }

    private void Forget(params string[] ids)
    {
        foreach (var id in ids)
            _project.Change(id, migration => migration with { Emission = null });
    }

    private void Needs(string ids) => Assert.AreEqual(ids, string.Join(' ', ContextReview.NeedEmission(_project.Report)));
}
