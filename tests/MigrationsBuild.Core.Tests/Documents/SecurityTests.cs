namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The threat model.</summary>
[TestClass]
public class SecurityTests
{
    [TestMethod]
    public void Every_claim_names_a_test_that_there_is()
    {
        var rows = ReferencedTests.Rows("docs/security.md");

        Assert.IsGreaterThan(25, rows.Count);
        foreach (var row in rows)
            Assert.IsTrue(ReferencedTests.Exists(row), row);
    }
}
