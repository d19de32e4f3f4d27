using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Lint;

/// <summary>The pages of the rules, and the table of all rules.</summary>
[TestClass]
public class PageTests
{
    private static readonly string _docs = Path.Combine(Repository.Root, "docs");

    public static IEnumerable<DiagnosticCode> Rules => DiagnosticCodes.All.Values.Where(code => code.SeverityRule == SeverityRule.Lint);

    /// <summary>The rules whose statements have no other form: they can only be made at a better time, and then be accepted.</summary>
    private static readonly string[] _withoutOtherForm = ["MIG2101", "MIG2102", "MIG2105", "MIG2302"];

    [TestMethod]
    public void The_safe_way_of_a_page_is_not_reported_by_its_own_rule()
    {
        var reported = Rules.Where(rule => !_withoutOtherForm.Contains(rule.Id))
            .SelectMany(rule => Examples(rule)
                .SelectMany(Linter.Lint)
                .Where(finding => finding.Code == rule && finding.Severity > Severity.Message)
                .Select(finding => $"{rule}: {finding.Message}"));

        Assert.IsGreaterThan(20, Rules.Sum(rule => Examples(rule).Count()));
        Assert.AreEqual("", string.Join("\n", reported));
    }

    [TestMethod]
    public void The_table_names_each_rule_with_its_title()
    {
        var table = File.ReadAllText(Path.Combine(_docs, "lint.md"));

        foreach (var rule in Rules)
            Assert.Contains($"| [{rule}](codes/{rule}.md) | {rule.Title} | ", table);
    }

    /// <summary>The SQL in the resolution of a page. The second of two migrations knows the first one.</summary>
    private static IEnumerable<LintInput> Examples(DiagnosticCode rule)
    {
        var page = File.ReadAllText(Path.Combine(_docs, "codes", rule + ".md"));
        var resolution = page[page.IndexOf("## Resolution", StringComparison.Ordinal)..];
        return Regex.Matches(resolution, "```sql\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value.Split("-- in the second migration:"))
            .SelectMany(parts => parts.Select((sql, i) => new LintInput(sql, SqlDialect.PostgreSql) { Earlier = parts.Take(i) }));
    }
}
