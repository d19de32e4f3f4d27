using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class AmendTests
{
    [TestMethod]
    public void The_newest_draft_is_made_again_renamed_and_discarded_though_the_project_doesnt_compile()
    {
        using var project = TestProject.CreateMigrated();
        var before = Migrations(project);
        project.AddAvatar().Run("DbRevision");
        var sql = project.Sql("AddUserAvatar");
        project.AddToUser("public string? Nickname { get; set; }");

        var amend = project.Run("DbRevision", "DbAmend=true", "Msg=give users a face").Output;
        var named = project.Sql("GiveUsersAFace");
        var amended = project.Folder.Read(named);
        project.Folder.Write("Program.cs", "This isn't C#.");
        project.Run("DbDiscard");

        Assert.Contains("AppDbContext: drafted again", amend);
        Assert.Contains("ADD \"Avatar\" TEXT NULL;", amended);
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", amended);
        Assert.AreEqual(sql.Replace("AddUserAvatar", "GiveUsersAFace", StringComparison.Ordinal), named);
        CollectionAssert.AreEquivalent(before, Migrations(project));
    }

    private static KeyValuePair<string, string>[] Migrations(TestProject project) =>
        [.. project.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal))];
}
