using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>One build of each kind; what decides a verdict is tested on the tasks themselves.</summary>
[TestClass]
public class ApprovalTests
{
    [TestMethod]
    public void A_draft_is_a_warning_an_error_on_a_build_server_and_silent_once_approved()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Run("DbRevision");

        Assert.IsFalse(project.Build().Ours.Single().IsError);
        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single().IsError);
        var output = project.Run("DbApprove").Output;

        Assert.Contains("AddUserAvatar.sql", output);
        Assert.Contains("AppDbContext: 1 approved, 2 in all", output);
        var approved = project.Build(TestCode.Ci);
        Assert.IsTrue(approved.Succeeded, approved.ToString());
        Assert.IsEmpty(approved.Ours);
    }

    [TestMethod]
    public void SQL_edited_by_hand_is_refused_by_builds_and_by_the_runner()
    {
        using var project = TestProject.CreateMigrated();
        var sql = project.Sql("Initial");
        project.Folder.Replace(sql, "CREATE TABLE", "CREATE  TABLE");

        var finding = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual(("MIG1003", sql, true), (finding.Code, finding.File, finding.IsError));
        Assert.AreEqual("MIG3016", project.Build("-t:DbMigrate").Ours.Single(found => found.IsError).Code);
    }

    [TestMethod]
    public void Our_SQL_isnt_embedded_or_copied_and_the_users_own_is()
    {
        const string items = """<EmbeddedResource Include="Migrations/*.sql" /><Content Include="Migrations/*.sql" CopyToOutputDirectory="PreserveNewest" />""";
        using var project = TestProject.CreateMigrated(properties: $"</PropertyGroup><ItemGroup>{items}</ItemGroup><PropertyGroup>");
        project.Folder.Write("Migrations/own.sql", "SELECT 1;\n").Write("Program.cs", "foreach (var name in typeof(App.AppDbContext).Assembly.GetManifestResourceNames()) System.Console.WriteLine(name);");
        Assert.IsTrue(project.Build().Succeeded);

        Assert.AreEqual("App.Migrations.own.sql\n", Dotnet.Run(project.Folder.Path, ["bin/Debug/net10.0/App.dll"]).Output);
        Assert.AreEqual(project.Folder["bin/Debug/net10.0/Migrations/own.sql"], Directory.GetFiles(project.Folder["bin"], "*.sql", SearchOption.AllDirectories).Single());
    }
}
