namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>A snapshot that EF Core 8 wrote, compared under EF Core 10.</summary>
[TestClass]
public class UpgradeTests
{
    [TestMethod]
    public void A_difference_in_the_snapshots_format_is_no_drift()
    {
        var finding = Fixture.Models.Drift("Upgrade8Context").Single();

        Assert.AreEqual("MIG1007", finding.Code);
        Assert.MatchesRegex(
            @"^The snapshot of Upgrade8Context was written by EF Core 8\.0\.\d+ "
            + @"and reads differently under 10\.0\.\d+, but no table changes\.", finding.Text);
    }

    [TestMethod]
    public void Changes_of_the_upgrade_are_one_finding_and_the_users_change_is_another()
    {
        var findings = Fixture.Models.Drift("UpgradedContext");

        Assert.HasCount(2, findings);
        Assert.AreEqual("public string? |Avatar { get; set; }", findings[0].Source);
        Assert.StartsWith("User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. Run:", findings[0].Text);
        Assert.MatchesRegex(
            @"^UpgradedContext has no migration for the upgrade from EF Core 8\.0\.33 to 10\.0\.\d+, "
            + @"which maps 1 thing differently: changes column ""Users""\.""Name""",
            findings[1].Text);
    }

    [TestMethod]
    public void Without_the_Design_package_the_finding_says_that_it_may_be_inexact_and_nothing_is_drafted()
    {
        var findings = Fixture.ModelsOnEfCore9.Drift("UpgradedContext");
        var draft = Fixture.ModelsOnEfCore9.Draft("NewPropertyContext");

        Assert.IsNotEmpty(findings);
        foreach (var finding in findings)
            Assert.Contains("add that package for an exact answer", finding.Text);
        Assert.AreEqual("MIG4003", draft.Problem.Code.Id);
    }
}
