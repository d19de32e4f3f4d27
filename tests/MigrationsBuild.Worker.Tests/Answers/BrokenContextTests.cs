namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Contexts without verdict in a project with other contexts.</summary>
[TestClass]
public class BrokenContextTests
{
    [TestMethod]
    public void Each_failure_is_a_finding_and_another_context_can_still_be_drafted()
    {
        var findings = Fixture.Startup.Shared.Answer.Problems.Select(problem => new Finding(problem, Fixture.Startup.Folder)).ToList();

        CollectionAssert.AreEquivalent(
            new[] { "MIG1009 Contexts.cs", "MIG1009 Contexts.cs", "MIG1009 Contexts.cs", "MIG1022 Unreadable.cs" },
            findings.ConvertAll(finding => $"{finding.Code} {finding.File}"));
        Assert.Contains("FormatException: half merged", findings.Single(finding => finding.Code == "MIG1022").Text);
        Assert.IsNull(Fixture.Startup.Draft("").Answer.Target);
        Assert.Contains("CREATE TABLE \"AspNetUsers\"", Fixture.Startup.Draft("IdentityDbContext").Answer.Target!.Emission!.Up!);
    }
}
