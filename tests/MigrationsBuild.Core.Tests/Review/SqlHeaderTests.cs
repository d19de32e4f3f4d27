using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A file that begins as ours, and whose header or text isn't what may be approved.</summary>
[TestClass]
public sealed class SqlHeaderTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("1_A.sql", "-- Generator: EF Core 10",
        "-- Generator: EF Core 10\rCREATE TABLE smuggled();--", "MIG1020", 5, 25, "1_A contains U+000D, a control character")]
    [DataRow("1_A.sql", "CREATE TABLE", "-- \u202Ecomment\nCREATE TABLE", "MIG1020", 9, 4, "1_A contains U+202E, a bidirectional control")]
    [DataRow("1_A.down.sql", "DROP TABLE 1_A", "DROP TABLE 1_A\u200B", "MIG1020", 9, 15, "1_A contains U+200B, an invisible character")]
    [DataRow(
        "1_A.sql",
        "-- Context: App.Shop",
        "-- Context: App.Shop\nDROP TABLE users;",
        "MIG1003",
        5,
        1,
        "this line doesn't belong to a header")]
    [DataRow("1_A.sql", "-- Migration: 1_A", "-- Migration: 2_B", "MIG1003", 2, 1, "its line \"Migration\" is 2_B, but must be 1_A")]
    [DataRow("1_A.sql", "-- Direction: up", "-- Direction: down", "MIG1003", 3, 1, "its line \"Direction\" is down, but must be up")]
    [DataRow("1_A.down.sql",
        "-- Context: App.Shop", "-- Context: App.Other", "MIG1003", 4, 1, "its line \"Context\" is App.Other, but must be App.Shop")]
    public void Of_an_approved_migration_it_is_found_at_its_place_and_no_database_gets_it(
        string file, string old, string @new, string code, int line, int column, string why)
    {
        _project.Approve("1_A", "2_B");
        _project.Folder.Replace("Migrations/" + file, old, @new);

        Assert.AreEqual("Edited Approved", _project.States());
        Assert.AreEqual((code, new Location(_project[file], line, column)), (_project.Finding().Code.Id, _project.Finding().Location));
        Assert.Contains(why, _project.Finding().Text);
        Assert.EndsWith(
            "delete it and approve the migration again. To approve it: dotnet build -t:DbApprove -p:DbRev=1_A", _project.Finding().Text);
    }

    [TestMethod]
    [DataRow("EF Core 10", "EF Core\r 10", "MIG1020")]
    [DataRow("-- Source:", "--Source:", "MIG1003")]
    public void Of_a_draft_it_is_found_kept_and_not_approved(string old, string @new, string code)
    {
        _project.Folder.Replace("Migrations/2_B.sql", old, @new);
        var text = _project.Folder.Read("Migrations/2_B.sql");

        Assert.AreEqual("Approved Edited", _project.States());
        Assert.AreEqual($"{code} 2_B.sql", _project.Findings());
        Assert.EndsWith("Restore the file from version control, or delete it: the next build writes it again.", _project.Finding().Text);
        Assert.AreEqual(_project.Finding(), _project.Review().Migrations[1].Refusal);
        var files = new FileTransaction();
        ContextReview.WriteDrafts(_project.Report, files);
        files.Commit();
        Assert.AreEqual(text, _project.Folder.Read("Migrations/2_B.sql"), "It is never written over.");
    }

    [TestMethod]
    public void What_a_literal_holds_is_data()
    {
        _project.Folder.Replace("Migrations/1_A.sql", "CREATE TABLE", "SELECT '\u2764\uFE0F\u200D\u2066a\u2069';\nCREATE TABLE");
        _project.Approve("1_A", "2_B");

        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    public void The_generator_is_any_text_because_it_names_a_version_that_may_be_past()
    {
        _project.Approve("1_A", "2_B");
        _project.Folder.Replace("Migrations/1_A.sql", ReviewedProject.Generator, "EF Core 8");

        Assert.AreEqual("", _project.Findings());
    }
}
