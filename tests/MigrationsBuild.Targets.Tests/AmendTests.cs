using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class AmendTests
{
    [TestMethod]
    public void The_newest_draft_is_made_again_under_another_name()
    {
        using var project = TestProject.CreateMigrated();
        project.AddAvatar().Run("DbRevision");
        var sql = project.Sql("AddUserAvatar");
        project.AddToUser("public string? Nickname { get; set; }");

        var amend = project.Run("DbRevision", "DbAmend=true", "Msg=give users a face").Output;
        var named = project.Sql("GiveUsersAFace");
        var amended = project.Folder.Read(named);

        Assert.Contains("AppDbContext: drafted again", amend);
        Assert.Contains("ADD \"Avatar\" TEXT NULL;", amended);
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", amended);
        Assert.AreEqual(sql.Replace("AddUserAvatar", "GiveUsersAFace", StringComparison.Ordinal), named);
    }
}
