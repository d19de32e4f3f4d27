using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Settings;

/// <summary>The table of settings against the files that name each of them.</summary>
[TestClass]
public class SettingTableTests
{
    private static readonly string[] _all = [.. ProjectSettings.All.Select(setting => setting.Property)];

    [TestMethod]
    public void No_setting_is_there_twice() => CollectionAssert.AllItemsAreUnique(_all);

    [TestMethod]
    public void The_settings_page_lists_every_setting_with_its_default()
    {
        var rows = Readme.Table("Settings", "docs/settings.md");

        CollectionAssert.AreEqual(_all, rows.SelectMany(row => Codes(row[0])).ToArray());
        foreach (var setting in ProjectSettings.All.Where(setting => setting.Default.Length > 0))
            Assert.Contains(setting.Default, Codes(rows.Single(row => Codes(row[0]).Contains(setting.Property))[1]), setting.Property);
    }

    [TestMethod]
    public void The_props_file_clears_every_setting_that_has_a_variables_value()
    {
        var group = Project("build/MigrationsBuild.props").Elements("PropertyGroup").First();

        var lines = group.Elements().Skip(1).Select(element => Regex.Replace(element.ToString(), @"\s+", " "));
        CollectionAssert.AreEqual(_all.SelectMany(Clearing).ToArray(), lines.ToArray());
    }

    [TestMethod]
    public void The_tasks_get_every_setting()
    {
        var item = Project("build/MigrationsBuild.targets").Descendants("_MigrationsBuildSettings").First();

        var names = item.Elements().Select(element => element.Name.LocalName)
            .Where(name => name.StartsWith("Db", StringComparison.Ordinal));
        CollectionAssert.AreEqual(_all, names.ToArray());
        foreach (var property in _all)
            Assert.AreEqual($"$({property})", item.Element(property)!.Value);
    }

    [TestMethod]
    public void The_targets_name_every_code_of_drift_as_a_warning_that_may_be_an_error()
    {
        var elements = Project("build/MigrationsBuild.targets").Descendants("_MigrationsBuildDriftErrors");

        CollectionAssert.AreEqual(
            DiagnosticCodes.All.Values.Where(code => code.SeverityRule == SeverityRule.Drift)
                .Select(code => $"$(_MigrationsBuildDriftErrors);{code}")
                .ToArray(),
            elements.Select(element => element.Value).ToArray());
    }

    private static IEnumerable<string> Clearing(string property)
    {
        var comparisons = SettingOrigins.KnownSpellings(property)
            .Select(name => $"'$({property})' == '$([System.Environment]::GetEnvironmentVariable(`{name}`))'");
        yield return $"<_MigrationsBuildCleared Condition=\"'$({property})' != '' and ({string.Join(" or ", comparisons)})\">"
            + $"$(_MigrationsBuildCleared){property};</_MigrationsBuildCleared>";
        yield return $"<{property} Condition=\"$(_MigrationsBuildCleared.Contains(`;{property};`))\" />";
    }

    private static XElement Project(string path) => XDocument.Load(Path.Combine(Repository.Root, path)).Root!;

    private static string[] Codes(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(match => match.Groups[1].Value)];
}
