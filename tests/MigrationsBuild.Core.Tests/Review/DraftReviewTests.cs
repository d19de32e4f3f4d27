using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class DraftReviewTests : IDisposable
{
    private readonly ReviewedProject _project = new("1_A", "2_B");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_migration_without_approval_is_a_draft_and_reported_at_its_SQL()
    {
        _project.WriteSql().Approve("1_A");

        Assert.AreEqual("Approved Draft", _project.States());
        Assert.AreEqual(new Location(_project["2_B.sql"], 1, 1), _project.Finding().Location);
        Assert.AreEqual("2_B is not approved. Read this SQL, then run: dotnet build -t:DbApprove", _project.Finding().Text);
    }

    [TestMethod]
    public void Without_SQL_file_it_is_reported_at_its_source()
    {
        _project.WriteSql().Approve("1_A");
        File.Delete(_project["2_B.sql"]);
        File.Delete(_project["2_B.down.sql"]);

        Assert.AreEqual("Approved Draft", _project.States());
        Assert.AreEqual("MIG1002 2_B.cs", _project.Findings());
    }

    [TestMethod]
    public void A_draft_that_was_edited_is_still_a_draft()
    {
        _project.WriteSql().Approve("1_A");
        _project.Folder.Replace("Migrations/2_B.down.sql", "DROP TABLE", "DROP TABLE IF EXISTS");

        Assert.AreEqual("Approved Draft", _project.States());
        Assert.Contains("2_B is not approved (edited by hand).", _project.Finding().Text);
    }

    [TestMethod]
    public void An_edited_draft_whose_source_has_changed_since_needs_a_decision()
    {
        _project.WriteSql().Approve("1_A");
        _project.Folder.Replace("Migrations/2_B.sql", "CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
        _project.ChangeSource("2_B", "CREATE TABLE other;\n");

        Assert.AreEqual("Approved Edited", _project.States());
        Assert.AreEqual("MIG1003 2_B.sql", _project.Findings());
        Assert.Contains("was edited by hand, and its C# has changed since", _project.Finding().Text);
    }

    [TestMethod]
    public void A_draft_that_cant_be_written_as_SQL_is_reported_with_the_reason()
    {
        _project.WriteSql().Approve("1_A");
        _project.Change(
            "2_B", migration => migration with { Emission = migration.Emission! with { Up = null, Down = null, Reason = "Up() throws" } });

        Assert.AreEqual("Approved Draft", _project.States());
        Assert.AreEqual("MIG1010 2_B.cs", _project.Findings());
        Assert.Contains("2_B can't be written as SQL: Up() throws.", _project.Finding().Text);
    }

    [TestMethod]
    public void A_draft_that_cant_be_written_as_SQL_any_more_isnt_applied_with_its_old_text()
    {
        _project.WriteSql().Approve("1_A");
        _project.Change(
            "2_B", migration => migration with { Emission = migration.Emission! with { Up = null, Down = null, Reason = "Up() throws" } });

        var migration = Manifest.Of(_project.Review(), []).Find("2_B");

        Assert.IsNull(migration.UpPath);
        Assert.IsNull(migration.DownPath);
        Assert.AreEqual("Up() throws", migration.Reason);
    }

    [TestMethod]
    public void What_was_written_by_hand_in_its_place_is_applied()
    {
        _project.WriteSql().Approve("1_A");
        _project.Folder.Replace("Migrations/2_B.sql", "CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
        _project.Change(
            "2_B", migration => migration with { Emission = migration.Emission! with { Up = null, Down = null, Reason = "Up() throws" } });

        Assert.AreEqual(_project["2_B.sql"], Manifest.Of(_project.Review(), []).Find("2_B").UpPath);
    }

    [TestMethod]
    public void An_unrelated_file_is_reported_and_kept()
    {
        _project.WriteSql().Approve("1_A");
        _project.Folder.Write("Migrations/2_B.sql", "SELECT 1;\n");

        Assert.AreEqual("MIG1011 2_B.sql", _project.Findings());
        WriteDrafts();
        Assert.AreEqual("SELECT 1;\n", _project.Folder.Read("Migrations/2_B.sql"));
    }

    [TestMethod]
    public void Drafts_are_written_again_as_long_as_nobody_edits_them()
    {
        _project.WriteSql().Approve("1_A");
        _project.ChangeSource("1_A", "CREATE TABLE approved;\n");
        _project.ChangeSource("2_B", "CREATE TABLE other;\n");

        WriteDrafts();
        Assert.EndsWith("\n\nCREATE TABLE other;\n", _project.Folder.Read("Migrations/2_B.sql"));
        Assert.EndsWith("\n\nCREATE TABLE 1_A;\n", _project.Folder.Read("Migrations/1_A.sql"), "What is approved is never written over.");

        _project.Folder.Replace("Migrations/2_B.sql", "other", "edited");
        _project.ChangeSource("2_B", "CREATE TABLE third;\n");
        WriteDrafts();
        Assert.EndsWith("\n\nCREATE TABLE edited;\n", _project.Folder.Read("Migrations/2_B.sql"));
    }

    [TestMethod]
    public void A_draft_that_became_irreversible_loses_its_down_file()
    {
        _project.WriteSql().Approve("1_A");
        _project.Change(
            "2_B", migration => migration with { Emission = migration.Emission! with { Down = null, Reason = "Down() throws" } });

        WriteDrafts();

        Assert.IsFalse(File.Exists(_project["2_B.down.sql"]));
        Assert.AreEqual("Down() throws", _project.Review().Migrations[1].Up!.Irreversible);
    }

    [TestMethod]
    public void Nothing_is_written_without_approvals_file()
    {
        WriteDrafts();

        Assert.IsEmpty(Directory.GetFiles(_project[""]));
    }

    private void WriteDrafts()
    {
        var files = new FileTransaction();
        ContextReview.WriteDrafts(_project.Report, files);
        files.Commit();
    }
}
