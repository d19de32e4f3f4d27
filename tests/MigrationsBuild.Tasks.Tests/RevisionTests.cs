using MigrationsBuild.Contexts;
using MigrationsBuild.Tasks.VerbTasks;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The request of <c>DbRevision</c>, and the parts of the worker's draft that it shows and writes.</summary>
[TestClass]
public sealed class RevisionTests : IDisposable
{
    private static readonly Emission _emission = new(
        "ALTER TABLE a ADD c;\n", "ALTER TABLE a DROP COLUMN c;\n", null,
        ["renames column b"], ["table \"d\", with all its rows"], ["column \"a\".\"b\" to \"c\""]);

    private readonly ShopProject _project = new();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("a%3Bb%2Cc %22quoted%22 100%25 %24(x)", "ABCQuoted100X", DisplayName = "As MSBuild escapes it")]
    [DataRow("Größe ändern", "GrößeÄndern")]
    [DataRow("2nd try", "_2ndTry")]
    public void Any_message_makes_a_class_name(string message, string name)
    {
        Assert.IsTrue(_project.Run(new DbRevision(), ("Msg", message)));

        Assert.AreEqual(name, _project.Harness.WorkerRequests.Single()[0]["revision-name"]);
    }

    [TestMethod]
    [DataRow("!!!")]
    [DataRow("migration")]
    public void A_name_that_cant_be_is_refused_before_anything_happens(string message)
    {
        Assert.IsFalse(_project.Run(new DbRevision(), ("Msg", message)));

        Assert.AreEqual("MIG4004", _project.Error.Code);
        Assert.AreEqual(0, _project.Harness.Starts);
    }

    [TestMethod]
    public void Without_drift_nothing_is_written()
    {
        var before = _project.Folder.Sources();

        Assert.IsTrue(_project.Run(new DbRevision()));

        Assert.Contains("no drift, nothing written", _project.Lines.Single());
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void A_draft_and_its_approval_name_the_files_and_what_happens_to_data()
    {
        string[] summary =
        [
            "    renames column b",
            "    LOSES DATA: table \"d\", with all its rows",
            "    RENAMES, and keeps the data: column \"a\".\"b\" to \"c\". Was it meant as a drop and an add? "
                + "Then change the migration's C#",
        ];

        Assert.IsTrue(_project.Draft(new DbRevision(), B, _emission));
        var files = new[] { Source(B), $"Migrations/{B}.Designer.cs", Up(B), Down(B) }.Select(file => "  " + file);
        CollectionAssert.IsSubsetOf(files.Concat(summary).ToArray(), _project.Lines);
        Assert.IsTrue(_project.Run(new DbApprove()));
        CollectionAssert.IsSubsetOf(summary, _project.Lines);
    }

    [TestMethod]
    public void The_SQL_of_the_compiled_CSharp_is_written_exactly()
    {
        Assert.IsTrue(_project.Draft(new DbRevision(), B, _emission));
        var drafted = (_project.Folder.Read(Up(B)), _project.Folder.Read(Down(B)));

        Assert.AreEqual("MIG1002", _project.Build().Single().Code);
        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.AreEqual(drafted, (_project.Folder.Read(Up(B)), _project.Folder.Read(Down(B))));
    }

    [TestMethod]
    public void A_draft_is_shown_with_the_failures_that_are_foreseen()
    {
        _project.DraftWarnings.Add("Up() fails with 42804");

        Assert.IsTrue(_project.Draft(new DbRevision(), B, _emission));

        Assert.Contains("    WON'T WORK AS DRAFTED: Up() fails with 42804", _project.Lines);
    }

    [TestMethod]
    public void If_a_file_cant_be_written_no_file_is_written()
    {
        using var project = new ShopProject(hasMigration: false);
        project.Folder.Write("Migrations", "A file, where the folder would be.");
        var before = project.Folder.Sources();

        Assert.IsFalse(project.Draft(new DbRevision(), A, _emission));

        Assert.AreEqual("MIG4007", project.Error.Code);
        Assert.EndsWith("Nothing was changed.", project.Error.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Discard_of_the_first_revision_leaves_nothing()
    {
        using var project = new ShopProject(hasMigration: false);
        var before = project.Folder.Sources();
        Assert.IsTrue(project.Draft(new DbRevision(), A, _emission));
        Assert.IsTrue(File.Exists(project.Folder[Approvals]), "The first revision adopts the project.");

        Assert.IsTrue(project.Run(new DbDiscard { BeforeBuild = true }));

        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void An_approved_migration_isnt_discarded()
    {
        var before = _project.Folder.Sources();
        var migration = _project.Report.Migrations.Single();
        var answer = new WorkerAnswer([_project.Report], [])
        {
            Target = migration,
            TargetContext = _project.Report.Name,
            Changes = [new(migration.Source, null)],
        };

        Assert.IsFalse(_project.Harness.Answers(answer).Execute(new DbDiscard()));

        Assert.AreEqual(("MIG4008", Approvals, 7), (_project.Error.Code, _project.Error.File, _project.Error.Line));
        CollectionAssert.AreEquivalent(before.ToArray(), _project.Folder.Sources().ToArray());
    }
}
