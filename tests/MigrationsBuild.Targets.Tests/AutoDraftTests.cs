using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>With <c>DbAutoDraft</c> a build writes the draft itself.</summary>
[TestClass]
public class AutoDraftTests
{
    private const string AutoDraft = "<DbAutoDraft>true</DbAutoDraft>";

    [TestMethod]
    public void Drift_becomes_a_draft_and_further_drift_goes_into_it()
    {
        using var project = TestProject.CreateMigrated(properties: AutoDraft).AddAvatar();

        var first = project.Build();
        var sql = project.Sql("AddUserAvatar");
        var second = project.AddToUser("public string? Nickname { get; set; }").Build();

        Assert.AreEqual(("MIG1002", sql), (first.Ours.Single().Code, first.Ours.Single().File));
        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual(("MIG1002", sql), (second.Ours.Single().Code, second.Ours.Single().File));
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", project.Folder.Read(sql));
    }

    [TestMethod]
    public void A_draft_that_a_person_has_worked_on_is_left_alone()
    {
        using var project = TestProject.CreateMigrated(properties: AutoDraft).AddAvatar();
        project.Build();
        var sql = project.Sql("AddUserAvatar");
        project.Folder.Write(sql, project.Folder.Read(sql) + "\nSELECT 1;\n");
        project.Build();
        project.AddToUser("public string? Nickname { get; set; }");
        var before = project.Folder.Sources();

        var codes = project.Build().Ours.Select(finding => finding.Code).ToArray();

        CollectionAssert.AreEquivalent(new[] { "MIG1001", "MIG1002" }, codes);
        CollectionAssert.AreEquivalent(before.ToList(), project.Folder.Sources().ToList());
    }
}
