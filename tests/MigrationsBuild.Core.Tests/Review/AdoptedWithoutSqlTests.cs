using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A line with <c>none</c>: the migration was adopted without SQL, so no SQL may reach a database.</summary>
[TestClass]
public sealed class AdoptedWithoutSqlTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A", "2_B");

    public AdoptedWithoutSqlTests() => _project.Approve(
        _project.Review().Approvals!.Approvals[0] with { UpHash = Approval.None, DownHash = Approval.Irreversible },
        _project.Review().Approvals!.Approvals[1]);

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void It_stays_approved_and_the_manifest_has_no_SQL_for_it()
    {
        File.Delete(_project["1_A.sql"]);
        File.Delete(_project["1_A.down.sql"]);

        Assert.AreEqual("", _project.Findings());
        Assert.AreEqual("Approved Approved", _project.States());
        Assert.AreEqual((null, "", null, ""), SqlOf("1_A"));
    }

    [TestMethod]
    [DataRow("1_A.down.sql", "1_A.sql")]
    [DataRow("1_A.sql", "1_A.down.sql")]
    public void A_file_that_nobody_approved_is_found_and_no_database_gets_it(string deleted, string left)
    {
        File.Delete(_project[deleted]);

        Assert.AreEqual("MIG1003 " + left, _project.Findings());
        Assert.AreEqual("Edited Approved", _project.States());
        Assert.StartsWith("1_A was approved without SQL, and the SQL in this file is not approved. Delete the file. Or approve it:",
            _project.Finding().Text);
    }

    [TestMethod]
    public void So_is_one_that_MigrationsBuild_didnt_write()
    {
        File.Delete(_project["1_A.down.sql"]);
        _project.Folder.Write("Migrations/1_A.sql", "DROP TABLE users;\n");

        Assert.AreEqual("MIG1011 1_A.sql", _project.Findings());
        Assert.AreEqual("Edited Approved", _project.States());
    }

    [TestMethod]
    public void The_hashes_of_a_manifest_are_those_of_the_approvals_file_and_not_of_what_is_in_the_folder()
    {
        var review = _project.Review();
        var (up, down) = (new string('a', 64), new string('b', 64));
        var approved = review.Migrations[1] with { Approval = review.Migrations[1].Approval! with { UpHash = up, DownHash = down } };

        foreach (var state in new[] { MigrationState.Approved, MigrationState.Reordered })
        {
            var manifest = Manifest.Of(review with { Migrations = [approved with { State = state }] }, []);
            Assert.AreEqual((_project["2_B.sql"], up, _project["2_B.down.sql"], down), SqlOf(manifest.Migrations.Single()));
        }

        var draft = Manifest.Of(review with { Migrations = [approved with { State = MigrationState.Draft, Approval = null }] }, []);
        Assert.AreEqual(approved.Up!.BodyHash, draft.Migrations.Single().UpHash);
    }

    private (string?, string, string?, string) SqlOf(string id) => SqlOf(Manifest.Of(_project.Review(), []).Find(id));

    private static (string?, string, string?, string) SqlOf(ManifestMigration migration) =>
        (migration.UpPath, migration.UpHash, migration.DownPath, migration.DownHash);
}
