using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>No compiler or build checks the <c>max_line_length</c> of <c>.editorconfig</c>.</summary>
[TestClass]
public partial class LineLengthTests
{
    [TestMethod]
    [DataRow("build")]
    [DataRow("src")]
    [DataRow("tests")]
    public void Lines_are_no_longer_than_the_editor_configuration_says(string folder)
    {
        var (extensions, limit) = Configuration();
        var longer = Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => extensions.Contains(Path.GetExtension(path).TrimStart('.')) && !IsGenerated(path))
            .SelectMany(path => File.ReadLines(path).Select((line, i) => (Path: path, Line: i + 1, Text: line)))
            .Where(line => line.Text.Length > limit && !IsUnbroken(line.Text, limit))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, line.Path)}({line.Line}): {line.Text.Length} characters");

        Assert.AreEqual("", string.Join("\n", longer));
    }

    [TestMethod]
    [DataRow("/// <see href=\"https://example.org/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"/>", true)]
    [DataRow("var x = AAAAAAAAAAAAA + AAAAAAAAAAAAA;", false)]
    public void A_line_with_a_word_of_nearly_that_length_cant_be_broken(string line, bool isUnbroken) =>
        Assert.AreEqual(isUnbroken, IsUnbroken(line, limit: 40));

    /// <summary>The section of <c>.editorconfig</c> that has the limit.</summary>
    private static (string[] Extensions, int Limit) Configuration()
    {
        var section = Section().Match(File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"))).Groups;
        return (section["extensions"].Value.Split(','), int.Parse(section["limit"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a program writes the file: the compiler, the build, or EF Core's tool in a project of a user.</summary>
    private static bool IsGenerated(string path) => Generated().IsMatch(path.Replace('\\', '/'));

    /// <summary>Whether a single word, such as a URL, is too long for any line with the indentation of this one.</summary>
    private static bool IsUnbroken(string line, int limit) =>
        line.Length - line.TrimStart().Length + line.Split(' ').Max(word => word.Length) > limit;

    [GeneratedRegex(@"\[\*\.\{(?<extensions>[\w,]+)\}\]\nmax_line_length = (?<limit>[0-9]+)")]
    private static partial Regex Section();

    [GeneratedRegex("/(bin|obj)/|/tests/[^/]*(Projects|Fixtures)[^/]*/.*Migrations/")]
    private static partial Regex Generated();
}
