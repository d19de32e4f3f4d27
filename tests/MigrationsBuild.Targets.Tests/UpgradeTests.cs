using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A project whose snapshot EF Core 8 wrote, built with EF Core 10.</summary>
[TestClass]
public class UpgradeTests
{
    [TestMethod]
    public void Without_the_Design_package_nothing_is_drafted()
    {
        using var project = TestProject.CreateFrom("Upgrade8", TestPackages.WithoutDesign);

        Assert.AreEqual("MIG4003", project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError).Code);
    }
}
