using System.Text.RegularExpressions;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Commands;

namespace MigrationsBuild.Tool.Tests;

/// <summary><c>dotnet db explain</c> and how it wraps the code pages.</summary>
[TestClass]
public class ExplainTests
{
    private static readonly string _pages = Path.Combine(Repository.Root, "docs", "codes");

    public static IEnumerable<object[]> Pages => Directory.GetFiles(_pages, "*.md").Select(path => new object[] { Path.GetFileName(path) });

    [TestMethod]
    [DataRow("one two three four", "one two\nthree four", DisplayName = "a paragraph")]
    [DataRow("- one two three\n- four", "- one two\n  three\n- four", DisplayName = "a list")]
    [DataRow("12. one two three", "12. one\n    two\n    three", DisplayName = "a numbered list")]
    [DataRow("  - one two three", "  - one\n    two\n    three", DisplayName = "a nested list")]
    [DataRow("> one two three", "> one two\n  three", DisplayName = "a quotation")]
    [DataRow("run `a b c`, yes", "run\n`a b c`,\nyes", DisplayName = "a command that fits into a line")]
    [DataRow("run `a b c d e f`", "run `a b c\nd e f`", DisplayName = "a command that is longer than a line")]
    [DataRow("extraordinary", "extraordinary", DisplayName = "a word that is longer than a line")]
    [DataRow("# one two three four", "# one two three four", DisplayName = "a heading")]
    [DataRow("| one | two | three |", "| one | two | three |", DisplayName = "a table")]
    [DataRow("```\none two three\n```\none two three", "```\none two three\n```\none two\nthree", DisplayName = "a code block")]
    [DataRow("one\r\n\r\ntwo\r\n", "one\n\ntwo\n", DisplayName = "line ends of Windows")]
    public void Text_is_wrapped_at_words(string markdown, string expected) =>
        Assert.AreEqual(expected, WrappedMarkdown.Wrap(markdown, 10));

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void A_wrapped_page_has_the_same_words(string name)
    {
        var page = File.ReadAllText(Path.Combine(_pages, name));

        foreach (var width in new[] { 40, 80, 100 })
            Assert.AreEqual(Words(page), Words(WrappedMarkdown.Wrap(page, width)));
    }

    [TestMethod]
    public void Redirected_output_has_100_columns()
    {
        using var folder = new TestFolder();

        var result = Db.Run(folder.Path, null, "explain", "1003");

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        var lines = result.Output.Split('\n');
        Assert.IsLessThanOrEqualTo(100, lines.Max(line => line.Length));
        Assert.Contains(line => line.Length > 90, lines);
        Assert.AreEqual(Words(File.ReadAllText(Path.Combine(_pages, "MIG1003.md"))), Words(result.Output));
    }

    private static string Words(string text) => Regex.Replace(text.Trim(), @"\s+", " ");
}
