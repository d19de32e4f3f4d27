using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class AmendTests
{
    [TestMethod]
    public void The_newest_draft_is_made_again_under_its_own_id()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var sql = project.Sql("AddUserAvatar");
        project.AddToUser("public string? Nickname { get; set; }");

        var amend = project.Run("DbRevision", "DbAmend=true").Output;

        Assert.Contains("AppDbContext: drafted again", amend);
        Assert.AreEqual(sql, project.Sql("AddUserAvatar"));
        Assert.Contains("ADD \"Avatar\" TEXT NULL;", project.Folder.Read(sql));
        Assert.Contains("ADD \"Nickname\" TEXT NULL;", project.Folder.Read(sql));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        project.Run("DbApprove");
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);
        Assert.Contains("2 migrations applied", project.Run("DbMigrate").Output);
    }

    [TestMethod]
    public void With_a_message_it_gets_another_name_in_the_same_place()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var before = project.Sql("AddUserAvatar");

        project.Run("DbRevision", "DbAmend=true", "Msg=give users a face");

        Assert.AreEqual(before.Replace("AddUserAvatar", "GiveUsersAFace", StringComparison.Ordinal), project.Sql("GiveUsersAFace"));
        Assert.IsEmpty(Directory.GetFiles(project.Folder["Migrations"], "*AddUserAvatar*"));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
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

    [TestMethod]
    public void Discard_of_one_that_was_made_again_restores_what_was_before_it()
    {
        using var project = TestProject.CreateMigrated();
        var before = project.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)).ToList();
        project.AddAvatar().Run("DbRevision");
        project.AddToUser("public string? Nickname { get; set; }").Run("DbRevision", "DbAmend=true");

        project.Run("DbDiscard");

        CollectionAssert.AreEquivalent(before, project.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public void What_was_written_by_hand_isnt_lost()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");
        var source = project.Sql("AddUserAvatar").Replace(".sql", ".cs", StringComparison.Ordinal);
        project.Folder.Replace(source, "migrationBuilder.AddColumn", "migrationBuilder.Sql(\"SELECT 1;\");\n            migrationBuilder.AddColumn");
        project.Build();
        project.AddToUser("public string? Nickname { get; set; }");
        var before = project.Folder.Sources();

        var error = project.Build("-t:DbRevision", "-p:DbAmend=true").Ours.Single(finding => finding.IsError);

        Assert.AreEqual(("MIG4008", source), (error.Code, error.File));
        Assert.Contains("what was changed by hand would be lost", error.Text);
        CollectionAssert.AreEquivalent(before.ToList(), project.Folder.Sources().ToList());
    }

    [TestMethod]
    public void An_approved_one_is_never_made_again()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        Assert.Contains("is approved, so it isn't made again", project.Build("-t:DbRevision", "-p:DbAmend=true").Ours.Single(finding => finding.IsError).Text);
    }
}
