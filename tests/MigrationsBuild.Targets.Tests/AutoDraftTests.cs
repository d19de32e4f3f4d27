using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>With <c>DbAutoDraft</c> a build writes the draft itself.</summary>
[TestClass]
public class AutoDraftTests
{
    private const string AutoDraft = "<DbAutoDraft>true</DbAutoDraft>";

    [TestMethod]
    public void Drift_becomes_a_draft_and_further_drift_goes_into_it_until_it_is_approved()
    {
        using var project = TestProject.CreateMigrated(properties: AutoDraft).AddAvatar();

        var first = project.Build();
        var sql = project.Sql("AddUserAvatar");
        Assert.AreEqual(("MIG1002", sql), (first.Ours.Single().Code, first.Ours.Single().File));
        Assert.Contains("drafted", first.Output);
        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        Assert.AreEqual(0, project.Build().WorkerStarts);

        project.AddToUser("public string? Nickname { get; set; }").Build();
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", project.Folder.Read(sql));
        project.Build();
        project.Run("DbApprove");

        project.AddToUser("public string? Motto { get; set; }").Build();
        Assert.Contains("ADD \"Motto\"", project.Folder.Read(project.Sql("AddUserMotto")));
        Assert.DoesNotContain("Motto", project.Folder.Read(sql));
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

    [TestMethod]
    public void A_build_server_drafts_nothing()
    {
        using var project = TestProject.CreateMigrated(properties: AutoDraft).AddAvatar();
        var before = project.Folder.Sources();

        Assert.AreEqual("MIG1001", project.Build(TestCode.Ci).Ours.Single().Code);
        CollectionAssert.AreEquivalent(before.ToList(), project.Folder.Sources().ToList());
    }
}
