using MigrationsBuild.Files;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>Whether a build may draft by itself: never over what a person has worked on.</summary>
[TestClass]
public sealed class NewestDraftTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A");

    public NewestDraftTests() => Draft();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_draft_as_it_was_drafted_may_be_made_again() => Is(DraftState.AsGenerated);

    [TestMethod]
    public void It_still_may_after_its_SQL_was_written_again()
    {
        var files = new FileTransaction();
        ContextReview.WriteDrafts(_project.Report with { Generator = "EF Core 11" }, files);
        files.Commit();

        Is(DraftState.AsGenerated);
    }

    [TestMethod]
    [DataRow("2_B.sql")]
    [DataRow("2_B.down.sql")]
    public void Edited_SQL_is_a_persons_work(string file)
    {
        _project.Folder.Replace("Migrations/" + file, "TABLE", "VIEW");

        Is(DraftState.Edited);
    }

    [TestMethod]
    public void So_is_edited_source()
    {
        _project.Change("2_B", migration => migration with { SourceHash = ReviewedProject.Hash("edited") });

        Is(DraftState.Edited);
    }

    [TestMethod]
    public void So_is_a_migration_that_we_didnt_draft()
    {
        File.Delete(_project["2_B.sql"]);
        _project.WriteSql();

        Is(DraftState.Edited);
    }

    [TestMethod]
    public void So_is_a_draft_without_SQL()
    {
        File.Delete(_project["2_B.sql"]);

        Is(DraftState.Edited);
    }

    [TestMethod]
    public void After_an_approved_migration_there_is_no_draft()
    {
        _project.Approve("1_A", "2_B");

        Is(DraftState.None);
    }

    [TestMethod]
    public void Nor_is_there_without_migrations()
    {
        _project.Report = _project.Report with { Migrations = [] };

        Is(DraftState.None);
    }

    [TestMethod]
    public void A_project_that_isnt_adopted_is_left_alone()
    {
        File.Delete(_project["Shop.approvals"]);

        Is(DraftState.Edited);
    }

    private void Draft()
    {
        var files = new FileTransaction();
        var draft = _project.Report.Migrations[1];
        ContextReview.WriteSql(_project.Report, draft, files, draft.SourceHash);
        files.Commit();
    }

    private void Is(DraftState state) => Assert.AreEqual(state, ContextReview.NewestDraft(_project.Report));
}
