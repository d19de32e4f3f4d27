using System.Text.RegularExpressions;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The table of supported projects.</summary>
[TestClass]
public partial class SupportedProjectsTests
{
    [TestMethod]
    public void Every_row_names_a_test_that_there_is()
    {
        var rows = ReferencedTests.Rows("docs/supported-projects.md");

        Assert.IsGreaterThan(30, rows.Count);
        foreach (var row in rows)
        {
            Assert.IsTrue(Verdict().IsMatch(row), row);
            Assert.IsTrue(ReferencedTests.Exists(row), row);
        }
    }

    [GeneratedRegex(@"^\| .+ \| (works|setting|message).* \| ")]
    private static partial Regex Verdict();
}
