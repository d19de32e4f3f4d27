using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>Words that documents and messages avoid, because a reader may not know them or may take them in another sense.</summary>
[TestClass]
public partial class GlossaryTests
{
    private static readonly (Regex Avoided, string Use)[] _words =
    [
        (new(@"\banew\b"), "again"),
        (new(@"\bmend(s|ed|ing)?\b"), "fix"),
        (new(@"\bloud\b"), "severity"),
        (new(@"\b(told|tells?)\b"), "report, show, log"),
        (new(@"\b(somebody|someone else's)\b"), "a role such as \"a user\", or \"an unrelated file\""),
        (new(@"\bwho holds the lock\b"), "blocking session"),
        (new(@"\bgone for good\b"), "missing"),
        (new(@"\blies\b"), "is in, is located"),
        (new(@"\bstands\b(?! for)"), "is in, is located"),
        (new(@"\bbehind\b(?! (a|the) (firewall|load balancer|pooler|proxy|tunnel))"), "after, following"),
    ];

    private static IEnumerable<string> Documents =>
        new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "nuget/README.md" }.Concat(Files("docs", "*.md"));

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Documents_use_the_words_of_the_glossary(string path) => UsesTheGlossary(path, [(0, Read(path))]);

    [TestMethod]
    public void Messages_use_the_words_of_the_glossary()
    {
        foreach (var path in Files("src", "*.cs"))
            UsesTheGlossary(path, Literals(Read(path)));
    }

    [TestMethod]
    public void Literals_are_found_between_comments_and_in_interpolations()
    {
        const string source = """
            x("a"); // "no" isn't" one
            y($"b {F("c")} d", '"', @"e "" f"); /* "no" */ z("g");
            """;

        CollectionAssert.AreEqual(
            new[] { "a", "b {F(", ")} d", "e \"\" f", "g" }, Literals(source).Select(literal => literal.Text).ToArray());
    }

    private static void UsesTheGlossary(string path, IEnumerable<(int Offset, string Text)> texts)
    {
        foreach (var (offset, text) in texts)
        {
            foreach (var (avoided, use) in _words)
            {
                var found = avoided.Match(text);
                Assert.IsFalse(found.Success, $"{path}({LineAt(path, offset + found.Index)}): instead of \"{found.Value}\", write: {use}");
            }
        }
    }

    /// <summary>The string literals of C#. An interpolation with literals of its own splits a literal.</summary>
    private static IEnumerable<(int Offset, string Text)> Literals(string source) => Token().Matches(source)
        .Select(match => match.Groups["text"])
        .Where(text => text.Success)
        .Select(text => (text.Index, text.Value));

    private static int LineAt(string path, int offset) => Read(path).Take(offset).Count(c => c == '\n') + 1;

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(
        """
        //[^\n]* | /\*.*?\*/ | '(?:\\.|[^'\\])+'
        | (?<quotes>"{3,})(?<text>.*?)\k<quotes> | (?:@\$?|\$@)"(?<text>(?:""|[^"])*)" | "(?<text>(?:\\.|[^"\\])*)"
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Token();
}
