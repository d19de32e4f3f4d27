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
}
