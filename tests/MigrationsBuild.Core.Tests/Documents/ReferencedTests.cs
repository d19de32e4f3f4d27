using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Documents;

/// <summary>The tests that a document names, each in the last column of a row: <c>`Class.Method`</c>.</summary>
internal static partial class ReferencedTests
{
    private static readonly Lazy<ILookup<string, string>> _classes = new(() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        .ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText));

    /// <summary>The rows of all tables of a document, without headings.</summary>
    /// <param name="document">The document, relative to the repository.</param>
    public static IReadOnlyList<string> Rows(string document)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        return [.. lines.Where((line, i) => line.StartsWith('|') && !IsRule(line) && !(i + 1 < lines.Length && IsRule(lines[i + 1])))];
    }

    /// <summary>Whether a row ends with a test that there is.</summary>
    /// <param name="row">The row.</param>
    public static bool Exists(string row) => Last().Match(row) is { Success: true } match
        && _classes.Value[match.Groups["class"].Value]
            .Any(text => text.Contains($" {match.Groups["method"].Value}(", StringComparison.Ordinal));

    private static bool IsRule(string line) => line.StartsWith("|---", StringComparison.Ordinal);

    [GeneratedRegex(@"\| `(?<class>\w+)\.(?<method>\w+)` \|$")]
    private static partial Regex Last();
}
