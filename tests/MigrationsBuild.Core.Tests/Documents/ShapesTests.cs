using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The table of what projects may look like.</summary>
[TestClass]
public partial class ShapesTests
{
    [TestMethod]
    public void Every_row_names_a_test_that_there_is()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "shapes.md")).Where(line => line.StartsWith('|') && !Header().IsMatch(line)).ToList();

        Assert.IsGreaterThan(30, rows.Count);
        foreach (var row in rows)
        {
            Assert.IsTrue(Row().Match(row) is { Success: true } match
                && tests.TryGetValue(match.Groups["class"].Value, out var text)
                && text.Contains($" {match.Groups["method"].Value}(", StringComparison.Ordinal), row);
        }
    }

    [GeneratedRegex(@"^\| shape \||^\|---")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\| .+ \| (works|setting|message).* \| `(?<class>\w+)\.(?<method>\w+)` \|$")]
    private static partial Regex Row();
}
