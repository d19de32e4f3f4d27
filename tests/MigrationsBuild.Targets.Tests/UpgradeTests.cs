using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A project whose snapshot EF Core 8 wrote, built with EF Core 10.</summary>
[TestClass]
public class UpgradeTests
{
    [TestMethod]
    public void What_only_the_snapshots_format_says_is_no_drift()
    {
        using var project = TestProject.CreateFrom("Upgrade8", TestPackages.Sqlite);
        project.Run("DbApprove");

        var build = project.Build(TestCode.Ci);

        Assert.IsTrue(build.Succeeded, build.ToString());
        Assert.IsEmpty(build.Diagnostics);
        Assert.Contains($"The snapshot of Upgrade8Context was written by EF Core 8.0.33 and reads differently under {PackageVersions.EfCore10}, but no table changes.", string.Join("\n", build.Messages));
    }

    [TestMethod]
    public void Without_the_Design_package_the_answer_says_that_it_may_be_wrong()
    {
        using var project = TestProject.CreateFrom("Upgrade8", TestPackages.WithoutDesign);

        foreach (var finding in project.Build().Ours)
            Assert.Contains("add that package for an exact answer", finding.Text);
        Assert.AreEqual("MIG4003", project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    public void What_the_upgrade_itself_changes_is_told_as_one()
    {
        using var project = TestProject.CreateMigrated();
        var snapshot = project.Folder.Find("Migrations", "*ModelSnapshot.cs");
        project.Folder.Replace(snapshot, $"\"{PackageVersions.EfCore10}\"", "\"8.0.33\"").Replace(snapshot, "HasColumnType(\"TEXT\")", "HasColumnType(\"BLOB\")");
        project.AddAvatar();

        var findings = project.Build().Ours;

        Assert.HasCount(2, findings);
        Assert.StartsWith("User.Avatar has no migration: adds column", findings[0].Text);
        Assert.StartsWith(
            $"AppDbContext has no migration for the upgrade from EF Core 8.0.33 to {PackageVersions.EfCore10}, which maps 1 thing differently: changes column \"Users\".\"Name\"",
            findings[1].Text);
    }

    [TestMethod]
    public void A_change_of_the_users_is_told_as_ever()
    {
        using var project = TestProject.CreateFrom("Upgrade8", TestPackages.Sqlite);
        project.Folder.Replace("Models/Invoice.cs", "public DateOnly IssuedOn", "public string? Notes { get; set; }\n\n    public DateOnly IssuedOn");

        var finding = project.Build().Ours.Single();

        Assert.StartsWith("Models/Invoice.cs(11,20): warning MIG1001: Invoice.Notes has no migration: adds column \"Invoices\".\"Notes\" TEXT. Run:", finding.ToString());
    }
}
