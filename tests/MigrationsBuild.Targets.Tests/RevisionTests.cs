using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class RevisionTests
{
    [TestMethod]
    public void A_revision_is_CSharp_and_SQL_and_covers_the_drift()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql).AddAvatar();

        var result = project.Build("-t:DbRevision", "-p:Msg=add user avatar");

        Assert.IsTrue(result.Succeeded, result.ToString());
        var id = Path.GetFileNameWithoutExtension(project.Sql("_AddUserAvatar"));
        foreach (var extension in new[] { ".cs", ".Designer.cs", ".sql", ".down.sql" })
            Assert.Contains($"Migrations/{id}{extension}", result.Output);
        Assert.Contains("adds column \"Users\".\"Avatar\" text", result.Output);
        Assert.EndsWith("\n\nALTER TABLE \"Users\" ADD \"Avatar\" text;\n", project.Folder.Read(project.Sql("AddUserAvatar")));
        Assert.EndsWith("\n\nALTER TABLE \"Users\" DROP COLUMN \"Avatar\";\n", project.Folder.Read(project.Sql("AddUserAvatar", down: true)));
        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
    }

    [TestMethod]
    public void What_the_compiled_CSharp_yields_is_what_was_drafted()
    {
        using var project = TestProject.CreateMigrated().AddAvatar().Configure("builder.Entity<User>().HasIndex(user => user.Name); builder.Entity<User>().HasData(new User { Id = 1, Name = \"it's\" });");
        project.Run("DbRevision");
        var before = project.Folder.Sources();

        project.Run("DbApprove");

        var after = project.Folder.Sources();
        foreach (var file in before.Keys.Where(file => file.EndsWith(".sql", StringComparison.Ordinal)))
            Assert.AreEqual(before[file], after[file]);
        Assert.IsEmpty(project.Build().Ours);
    }

    [TestMethod]
    public void Any_message_makes_a_class_name()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        project.Run("DbRevision", "Msg=2 a%3Bb%2Cc %22quoted%22 100%25 %24(x) größe");

        Assert.EndsWith("__2ABCQuoted100XGröße.sql", project.Sql("ABCQuoted100X"));
        Assert.IsTrue(project.Build().Succeeded);
    }

    [TestMethod]
    public void The_name_of_another_migration_is_refused_and_nothing_is_written()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        var before = project.Folder.Sources();

        var result = project.Build("-t:DbRevision", "-p:Msg=initial");

        Assert.AreEqual("MIG4005", result.Ours.Single(finding => finding.IsError).Code);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void A_message_in_the_environment_doesnt_count()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        Assert.IsTrue(project.Build(new Dictionary<string, string?> { ["Msg"] = "from the shell", ["DbEmpty"] = "true" }, "-t:DbRevision").Succeeded);

        Assert.EndsWith("_AddUserAvatar.sql", project.Sql("Avatar"));
    }

    [TestMethod]
    public void Data_that_is_lost_and_what_was_taken_for_a_rename_are_named()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("Models/User.cs", "string Name { get; set; } = \"\"", "string Nickname { get; set; } = \"\"");

        Assert.Contains("RENAMES, and keeps the data: column \"Users\".", project.Run("DbRevision").Output);
        Assert.Contains("RENAMES, and keeps the data: column \"Users\".", project.Run("DbApprove").Output);
        project.Folder.Replace("Models/User.cs", "public string Nickname { get; set; } = \"\";", "");
        Assert.Contains("LOSES DATA: column \"Users\".\"Nickname\", with all its values", project.Run("DbRevision").Output);
    }

    [TestMethod]
    public void Discard_restores_what_was_though_the_project_doesnt_compile()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        var before = project.Folder.Sources();
        project.Run("DbRevision");
        project.Folder.Write("Program.cs", "This isn't C#.");

        project.Run("DbDiscard");

        project.Folder.Write("Program.cs", before["Program.cs"]);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Without_its_snapshot_nothing_is_drafted_all_over_again()
    {
        using var project = TestProject.CreateMigrated();
        File.Delete(project.Folder["Migrations/AppDbContextModelSnapshot.cs"]);

        Assert.AreEqual(("MIG1013", "AppContext.cs"), project.Build().Ours.Select(finding => (finding.Code, finding.File)).Single());
        Assert.AreEqual("MIG1013", project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    public void A_column_that_shrinks_loses_data()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        project.Folder.Replace("Models/User.cs", "public string Name", "[System.ComponentModel.DataAnnotations.MaxLength(60)] public string Name");

        var revision = project.Run("DbRevision").Output;
        var approval = project.Run("DbApprove").Output;

        foreach (var output in new[] { revision, approval })
            Assert.Contains("LOSES DATA: values of column \"Users\".\"Name\" that don't fit into character varying(60)", output);
    }

    [TestMethod]
    public void Without_the_Design_package_drift_is_found_and_a_revision_says_what_to_add()
    {
        using var migrated = TestProject.CreateMigrated();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        foreach (var (file, text) in migrated.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)))
            project.Folder.Write(file, text);
        project.AddAvatar();

        Assert.AreEqual("MIG1001", project.Build().Ours.Single().Code);
        var error = project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4003", error.Code);
        Assert.EndsWith($"Run: dotnet add package Microsoft.EntityFrameworkCore.Design --version {TestPackages.WithoutDesign.EfVersion}", error.Text);
    }
}
