using MigrationsBuild.Contexts;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class ApprovedMigrationTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A", "2_B");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void What_is_as_approved_needs_no_word() => Is("Approved Approved", "");

    [TestMethod]
    public void Ids_are_compared_as_EF_Core_does()
    {
        _project.Approve([.. _project.Review().Approvals!.Approvals.Select(approval => approval with
        {
            Id = approval.Id.ToLowerInvariant(),
            Previous = approval.Previous.ToLowerInvariant(),
        })]);

        Is("Approved Approved", "");
    }

    [TestMethod]
    [DataRow("1_A.sql", "CREATE", "This SQL isn't the one that was approved: 1_A.")]
    [DataRow("1_A.down.sql", "DROP", "This SQL isn't the one that was approved: 1_A.")]
    public void Edited_SQL_is_reported_at_its_file(string file, string word, string message)
    {
        _project.Folder.Replace("Migrations/" + file, word, word + " ");

        Is("Edited Approved", "MIG1003 " + file);
        Assert.Contains(message, _project.Finding().Text);
        Assert.EndsWith("Or approve it again: dotnet build -t:DbApprove -p:DbRev=1_A", _project.Finding().Text);
    }

    [TestMethod]
    [DataRow("1_A.sql", "The approved SQL of this migration is missing: 1_A.")]
    [DataRow("1_A.down.sql", "The approved SQL that reverts the migration is missing: 1_A")]
    public void Missing_SQL_is_reported(string file, string message)
    {
        File.Delete(_project[file]);

        Is("Edited Approved", "MIG1003 " + file);
        Assert.Contains(message, _project.Finding().Text);
    }

    [TestMethod]
    public void A_down_file_that_nobody_approved_is_an_edit()
    {
        _project.Approve(
            [.. _project.Review().Approvals!.Approvals.Select(approval => approval with { DownHash = Approval.Irreversible })]);

        Is("Edited Edited", "MIG1003 1_A.down.sql, MIG1003 2_B.down.sql");
    }

    [TestMethod]
    public void Overwritten_SQL_is_an_edit()
    {
        _project.Folder.Write("Migrations/1_A.sql", "SELECT 1;\n");

        Is("Edited Approved", "MIG1011 1_A.sql");
    }

    [TestMethod]
    public void Source_that_generates_other_SQL_is_reported_at_the_source()
    {
        _project.ChangeSource("1_A", "CREATE TABLE other;\n");

        Is("Edited Approved", "MIG1003 1_A.cs");
        Assert.Contains("1_A.cs now generates SQL that differs from the approved SQL: 1_A.", _project.Finding().Text);
    }

    [TestMethod]
    [DataRow(null, "MIG1003 1_A.cs")]
    [DataRow("DROP TABLE other;\n", "MIG1003 1_A.cs")]
    public void So_is_source_that_reverts_otherwise(string? down, string findings)
    {
        _project.Change("1_A", migration => migration with
        {
            SourceHash = ReviewedProject.Hash("changed"),
            Emission = migration.Emission! with { Down = down },
        });

        Is("Edited Approved", findings);
    }

    [TestMethod]
    public void Source_that_no_longer_generates_SQL_is_reported_with_the_reason()
    {
        _project.Change("1_A", migration => migration with { Emission = new Emission(null, null, "Up() throws", [], [], []) });

        Is("Edited Approved", "MIG1003 1_A.cs");
        Assert.Contains("1_A.cs now generates no SQL (Up() throws): 1_A.", _project.Finding().Text);
    }

    [TestMethod]
    public void Source_that_was_only_reformatted_yields_the_same_and_is_no_edit()
    {
        _project.Change("1_A", migration => migration with { SourceHash = ReviewedProject.Hash("reformatted") });

        Is("Approved Approved", "");
    }

    [TestMethod]
    public void Another_generator_that_writes_other_SQL_for_the_same_source_is_no_edit()
    {
        _project.Report = _project.Report with { Generator = "EF Core 11" };
        _project.Change("1_A", migration => migration with { Emission = migration.Emission! with { Up = "CREATE TABLE \"1_A\";\n" } });

        Is("Approved Approved", "MIG1014 1_A.sql");
        Assert.Contains("approved with the SQL of EF Core 10. EF Core 11 generates different SQL", _project.Finding().Text);
    }

    [TestMethod]
    public void But_for_changed_source_it_is_one()
    {
        _project.Report = _project.Report with { Generator = "EF Core 11" };
        _project.ChangeSource("1_A", "CREATE TABLE other;\n");

        Is("Edited Approved", "MIG1003 1_A.cs");
    }

    [TestMethod]
    public void SQL_that_was_edited_before_it_was_approved_is_held_against_what_the_source_yielded_then()
    {
        _project.Folder.Replace("Migrations/1_A.sql", "CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
        _project.Approve("1_A", "2_B");
        Is("Approved Approved", "");

        _project.ChangeSource("1_A", "CREATE TABLE other;\n");

        Is("Edited Approved", "MIG1003 1_A.cs");
    }

    private void Is(string states, string findings)
    {
        Assert.AreEqual(findings, _project.Findings());
        Assert.AreEqual(states, _project.States());
    }
}
