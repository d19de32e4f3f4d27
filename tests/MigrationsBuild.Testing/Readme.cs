namespace MigrationsBuild.Testing;

/// <summary>The repository's README and other documents, whose tables tests hold to be true.</summary>
public static class Readme
{
    /// <summary>The rows of the first table of a section, each as its cells.</summary>
    /// <param name="heading">The section's heading, without its number signs.</param>
    /// <param name="document">The document, relative to the repository.</param>
    public static IReadOnlyList<string[]> Table(string heading, string document = "README.md")
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        var rows = lines.SkipWhile(line => line.TrimStart('#', ' ') != heading || !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).ToList();
        return rows.Count > 0 ? rows : throw new InvalidOperationException($"{document} has no table below \"{heading}\".");
    }

    /// <summary>The first piece of code in a cell; empty if it holds none.</summary>
    /// <param name="cell">The cell.</param>
    public static string Code(string cell) => cell.Split('`') is [_, var code, ..] ? code : "";
}
