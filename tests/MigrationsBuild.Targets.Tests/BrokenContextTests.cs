using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public class BrokenContextTests
{
    [TestMethod]
    public void Each_failure_has_its_own_cure_and_a_context_that_is_named_can_be_drafted()
    {
        using var project = TestProject.CreateMigrated().AddAvatar();
        project.Folder.Write("Broken.cs", """
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class BrokenContext(string secret) : DbContext
            {
                public string Secret => secret;
            }

            public class WrongContext : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=wrong.db");

                protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<App.Models.User>().HasKey("Nothing");
            }

            """);
        var snapshot = project.Folder.Find("Migrations", "*Snapshot.cs");
        var text = project.Folder.Read(snapshot);
        project.Folder.Write(snapshot, text.Replace("BuildModel(ModelBuilder modelBuilder)\n        {", "BuildModel(ModelBuilder modelBuilder)\n        {\n            throw new System.FormatException(\"half merged\");", StringComparison.Ordinal));

        var findings = project.Build().Ours.OrderBy(finding => finding.File, StringComparer.Ordinal).ToList();

        Assert.AreEqual(
            "MIG1009 Broken.cs 5, MIG1009 Broken.cs 14, MIG1022 " + snapshot,
            string.Join(", ", findings.OrderBy(finding => finding.Code).ThenBy(finding => finding.Line)
                .Select(finding => $"{finding.Code} {finding.File}{(finding.Code == "MIG1009" ? $" {finding.Line}" : "")}")));
        Assert.Contains("The model of WrongContext can't be built: ", findings.Single(finding => finding.Line == 14).Text);
        Assert.Contains("FormatException: half merged", findings.Single(finding => finding.Code == "MIG1022").Text);

        project.Folder.Write(snapshot, text);
        Assert.Contains("name it: -p:DbContextName=App.AppDbContext", project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError).Text);
        project.Run("DbRevision", "DbContextName=AppDbContext");
        Assert.EndsWith("_AddUserAvatar.sql", project.Sql("Avatar"));
    }
}
