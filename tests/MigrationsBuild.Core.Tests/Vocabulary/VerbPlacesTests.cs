using System.Text.RegularExpressions;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Core.Tests.Vocabulary;

/// <summary>
/// Counts the files that a new verb needs: its row, its task, its target, and for a verb of the runner its handler.
/// </summary>
[TestClass]
public partial class VerbPlacesTests
{
    private static readonly string _source = Path.Combine(Repository.Root, "src");

    public static IEnumerable<object[]> Verbs => VerbTable.All.Select(verb => new object[] { verb.Name });

    [TestMethod]
    [DynamicData(nameof(Verbs))]
    public void The_code_names_a_target_in_the_row_of_the_verb_and_in_its_task_alone(string name)
    {
        var verb = VerbTable.Find(name)!;

        var files = Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(Comment().Replace(File.ReadAllText(path), ""), $@"\b{verb.Target}\b"))
            .Select(Path.GetFileName)
            // A reset is a migration of an empty database, so its task derives from that of the migration.
            .Where(file => !(verb == VerbTable.Migrate && file == "DbReset.cs"))
            // The setting that requires the verb has its name.
            .Where(file => !(verb == VerbTable.Verify && file == "ProjectSettings.cs"));

        CollectionAssert.AreEquivalent(new[] { $"{verb.Target}.cs", "VerbTable.cs" }, files.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Verbs))]
    public void Each_verb_is_a_target_in_the_file_of_projects_and_in_that_of_several_frameworks(string name)
    {
        var verb = VerbTable.Find(name)!;

        foreach (var file in new[] { "MigrationsBuild.targets", Path.Combine("buildMultiTargeting", "MigrationsBuild.targets") })
            Assert.Contains($"<Target Name=\"{verb.Target}\"", File.ReadAllText(Path.Combine(Repository.Root, "build", file)));
    }

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
