using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>With <c>DbAutoDraft</c> a build writes the draft itself.</summary>
[TestClass]
public class AutoDraftTests
{
    private const string AutoDraft = "<DbAutoDraft>true</DbAutoDraft>";

    [TestMethod]
    public void Drift_becomes_a_draft_and_further_drift_goes_into_it_until_a_person_has_worked_on_it()
    {
        using var project = TestProject.CreateMigrated(properties: AutoDraft).AddAvatar();

        var first = project.Build();
        var sql = project.Sql("AddUserAvatar");
        var second = project.AddToUser("public string? Nickname { get; set; }").Build();
        var again = project.Folder.Read(sql);
        project.Folder.Write(sql, again + "\nSELECT 1;\n");
        project.AddToUser("public int? Score { get; set; }");
        var before = project.Folder.Sources();
        var third = project.Build().Ours.Select(finding => finding.Code).ToArray();

        Assert.AreEqual(("MIG1002", sql), (first.Ours.Single().Code, first.Ours.Single().File));
        Assert.AreEqual(1, first.WorkerStarts);
        Assert.AreEqual(("MIG1002", sql), (second.Ours.Single().Code, second.Ours.Single().File));
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", again);
        CollectionAssert.AreEquivalent(new[] { "MIG1001", "MIG1002" }, third);
        CollectionAssert.AreEquivalent(before.ToList(), project.Folder.Sources().ToList());
    }
}
