using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class AmendTests
{
    [TestMethod]
    public void The_newest_draft_is_made_again_renamed_and_discarded()
    {
        using var project = TestProject.CreateMigrated();
        var before = Migrations(project);
        project.AddAvatar().Run("DbRevision");
        var sql = project.Sql("AddUserAvatar");
        project.AddToUser("public string? Nickname { get; set; }");

        var amend = project.Run("DbRevision", "DbAmend=true").Output;
        var amended = project.Folder.Read(project.Sql("AddUserAvatar"));
        project.Run("DbRevision", "DbAmend=true", "Msg=give users a face");
        var named = project.Sql("GiveUsersAFace");
        var draft = project.Build().Ours.Single();
        project.Run("DbDiscard");

        Assert.Contains("AppDbContext: drafted again", amend);
        Assert.Contains("ADD \"Avatar\" TEXT NULL;", amended);
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", amended);
        Assert.AreEqual(sql.Replace("AddUserAvatar", "GiveUsersAFace", StringComparison.Ordinal), named);
        Assert.AreEqual(("MIG1002", named), (draft.Code, draft.File));
        CollectionAssert.AreEquivalent(before, Migrations(project));
    }

    [TestMethod]
    public void The_first_migration_can_be_made_again()
    {
        using var project = TestProject.Create();
        project.Run("DbRevision", "Msg=initial");
        var snapshot = project.Folder.Read(project.Folder.Find("Migrations", "*Snapshot.cs"));
        project.AddAvatar();

        project.Run("DbRevision", "DbAmend=true");

        Assert.Contains("\"Avatar\" TEXT NULL", project.Folder.Read(project.Sql("Initial")));
        Assert.AreEqual(snapshot.Split('\n')[10], project.Folder.Read(project.Folder.Find("Migrations", "*Snapshot.cs")).Split('\n')[10], "The namespace.");
        project.Run("DbDiscard");
        Assert.IsEmpty(Directory.GetFiles(project.Folder["Migrations"]));
    }

    private static KeyValuePair<string, string>[] Migrations(TestProject project) =>
        [.. project.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal))];
}
