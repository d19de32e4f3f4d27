using System.Text.RegularExpressions;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Commands;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The table against the targets, the tasks and the README.</summary>
[TestClass]
public class VerbTableTests
{
    [TestMethod]
    [DataRow("build/MigrationsBuild.targets")]
    [DataRow("build/buildMultiTargeting/MigrationsBuild.targets")]
    public void Every_target_of_the_package_is_a_verb_and_the_other_way_round(string path)
    {
        var targets = Regex.Matches(Text(path), "<Target Name=\"(Db\\w+)\"").Select(match => match.Groups[1].Value);

        CollectionAssert.AreEquivalent(VerbTable.All.Select(verb => verb.Target).ToArray(), targets.ToArray());
    }

    [TestMethod]
    public void The_README_lists_every_verb_with_its_target()
    {
        var table = Regex.Match(Text("README.md"), @"\| `dotnet db` \| target \|.*?\n\n", RegexOptions.Singleline).Value;
        var rows = Regex.Matches(table, @"^\| (?<words>`.*?) \| `(?<target>Db\w+)`", RegexOptions.Multiline)
            .Select(row => $"{row.Groups["words"].Value.Replace("`", "", StringComparison.Ordinal)} {row.Groups["target"].Value}");

        CollectionAssert.AreEqual(VerbTable.All.Select(verb => $"{string.Join(", ", verb.Words)} {verb.Target}").ToArray(), rows.ToArray());
    }

    [TestMethod]
    public void The_README_names_the_verbs_that_take_all_contexts()
    {
        var sentence = Regex.Match(Text("README.md"), "--context`\\. (?<verbs>.*?) take all of them by default").Groups["verbs"].Value;
        var targets = Regex.Matches(sentence, "`(Db\\w+)`").Select(match => match.Groups[1].Value);

        CollectionAssert.AreEquivalent(
            VerbTable.All.Where(verb => verb.TakesAllContexts).Select(verb => verb.Target).ToArray(), targets.ToArray());
    }

    [TestMethod]
    [DataRow("docs/alembic.md")]
    [DataRow("docs/dotnet-ef.md")]
    public void The_documentation_for_users_of_other_tools_has_the_same_target_and_command_line(string document)
    {
        var rows = Readme.Table("Commands", document);
        foreach (var row in rows.Where(row => Readme.Code(row[2]).Length > 0))
        {
            var call = CommandLineTests.Read([.. Arguments(Readme.Code(row[2])["dotnet db ".Length..])]);
            var properties = call.Properties.Select(property => $"-p:{property.Key}={property.Value}");
            var line = string.Join(" ", properties.Prepend($"dotnet build -t:{call.Verb.Target}"));
            if (Regex.Match(row[1], "`(dotnet build .*?)`") is not { Success: true } target)
                continue;
            var expected = target.Groups[1].Value.Replace("\"", "", StringComparison.Ordinal);
            Assert.AreEqual(expected, line.Replace(" -p:DbTo=head", "", StringComparison.Ordinal));
        }

        Assert.IsGreaterThan(10, rows.Count);
    }

    [TestMethod]
    public void No_two_options_of_a_verb_share_a_name()
    {
        var shared = GlobalOptions.All.SelectMany(option => option.Aliases.Prepend(option.Name)).ToList();
        foreach (var verb in VerbTable.All)
            CollectionAssert.AllItemsAreUnique(verb.Options.SelectMany(option => option.Words).Concat(shared).ToArray(), verb.Name);
        CollectionAssert.AllItemsAreUnique(VerbTable.All.SelectMany(verb => verb.Words).ToArray());
    }

    [TestMethod]
    public void Every_example_is_a_call_of_its_verb()
    {
        foreach (var verb in VerbTable.All)
        {
            Assert.IsNotEmpty(verb.Examples, verb.Name);
            foreach (var example in verb.Examples)
            {
                Assert.Contains(CommandLineTests.Read([.. Arguments(example.Split(" > ")[0])]).Verb, [verb, VerbTable.Script], example);
            }
        }
    }

    private static IEnumerable<string> Arguments(string line) =>
        Regex.Matches(line, "\"[^\"]*\"|\\S+").Select(match => match.Value.Trim('"'));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
