using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The compiler doesn't check the <c>max_line_length</c> of <c>.editorconfig</c>.</summary>
[TestClass]
public class LineLengthTests
{
    [TestMethod]
    public void Lines_of_the_product_are_no_longer_than_the_editor_configuration_says()
    {
        var limit = int.Parse(
            Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig")), "max_line_length = ([0-9]+)").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        var longer = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Select((line, i) => (Path: path, Line: i + 1, line.Length)))
            .Where(line => line.Length > limit)
            .Select(line => $"{Path.GetRelativePath(Repository.Root, line.Path)}({line.Line}): {line.Length} characters");

        Assert.AreEqual("", string.Join("\n", longer));
    }
}
