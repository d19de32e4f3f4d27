using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class RevisionTests
{

    [TestMethod]
    public void Any_message_makes_a_class_name()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();

        project.Run("DbRevision", "Msg=2 a%3Bb%2Cc %22quoted%22 100%25 %24(x) größe");

        Assert.EndsWith("__2ABCQuoted100XGröße.sql", project.Sql("ABCQuoted100X"));
    }

    [TestMethod]
    public void Discard_restores_the_files_even_if_the_project_doesnt_compile()
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
    public void Without_the_Design_package_drift_is_found_and_a_revision_has_a_hint()
    {
        using var migrated = TestProject.CreateMigrated();
        using var project = TestProject.Create(TestPackages.WithoutDesign);
        foreach (var (file, text) in migrated.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)))
            project.Folder.Write(file, text);
        project.AddAvatar();

        Assert.AreEqual("MIG1001", project.Build().Ours.Single().Code);
        var error = project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4003", error.Code);
        Assert.EndsWith(
            $"Run: dotnet add package Microsoft.EntityFrameworkCore.Design --version {TestPackages.WithoutDesign.EfVersion}",
            error.Text);
    }
}
