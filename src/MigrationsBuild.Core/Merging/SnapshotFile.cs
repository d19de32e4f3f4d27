using System.Text.RegularExpressions;
using MigrationsBuild.Designers;

namespace MigrationsBuild.Merging;

/// <summary>A model snapshot as EF Core writes it.</summary>
/// <param name="Start">The text before the <c>using</c> directives.</param>
/// <param name="Usings">The <c>using</c> directives.</param>
/// <param name="Model">The rest, with the statements of the method that builds the model.</param>
internal sealed record SnapshotFile(string Start, IReadOnlyList<MergePart> Usings, MergeBlock Model)
{
    private const RegexOptions Options = RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant;

    private static readonly Regex _file = new(
        """
        \A (?<start> (?> //[^\n]*\n )* ) (?<usings> (?> using\ [\w.]+;\n )* )
        (?<head> [^{]*? \{? [^{]*? partial\ class\ \w+\ :\ ModelSnapshot \s* \{ [^{]* \bBuildModel\(ModelBuilder\ modelBuilder\) \s* \{ )
        (?<pragma> (?: \n\#pragma[^\n]* )? )
        """,
        Options);

    private static readonly Regex _blockHead = new(
        """\A (?> [^"{}] | "(?>[^"\\\r\n]|\\.)*" )*? => \s* \{""",
        Options);

    private static readonly Regex _end = new(@"(?:\n\#pragma[^\n]*)?\n[ ]*\z", Options);

    /// <summary>The text of the file.</summary>
    public string Text => ToText(Start, Usings.Select(directive => new MergedPart(directive.Text, directive.Run)), Model.Text);

    /// <summary>Reads a file.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <returns>The snapshot; <see langword="null"/> if it isn't as EF Core writes it.</returns>
    public static SnapshotFile? Parse(string text)
    {
        var match = _file.Match(text);
        if (!match.Success)
            return null;
        var usings = match.Groups["usings"].Value.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(Using).ToList();
        var start = match.Groups["head"].Index;
        return ReadBlock(text.Substring(start), match.Index + match.Length - start) is { } model
            && new SnapshotFile(match.Groups["start"].Value, usings, model) is var file
            && file.Text == text
            ? file
            : null;
    }

    /// <summary>
    /// Merges the texts of two versions. A directive that only one of them has is kept: the other one doesn't need it, but the merged
    /// statements may.
    /// </summary>
    /// <returns>The text; <see langword="null"/> if the versions can't be merged statement by statement.</returns>
    public static string? Merge(string before, string ours, string theirs, PartsMerge merge) =>
        (Parse(before), Parse(ours), Parse(theirs)) is ({ } old, { } own, { } other)
        && PartsMerge.Pick(old.Start, own.Start, other.Start) is { } start
        && PartsMerge.Pick(old.Model.Head, own.Model.Head, other.Model.Head) is { } head
        && PartsMerge.Pick(old.Model.Tail, own.Model.Tail, other.Model.Tail) is { } tail
        && merge.Merge([], own.Usings, other.Usings) is { } usings
        && merge.Merge(old.Model.Parts, own.Model.Parts, other.Model.Parts, own.Model.Indentation) is { } parts
            ? ToText(start, usings, (own.Model with { Head = head, Tail = tail }).With(parts))
            : null;

    private static string ToText(string start, IEnumerable<MergedPart> usings, string model) =>
        $"{start}{string.Concat(usings.Select(directive => directive.Text + "\n"))}{model}";

    // EF Core writes the namespaces of .NET first.
    private static MergePart Using(string directive) =>
        new(directive, new MergeOrder(0, Regex.IsMatch(directive, @"\Ausing System\b") ? 0 : 1, [directive.TrimEnd(';')]), directive);

    /// <summary>Reads a text with a block of statements; <see langword="null"/> if EF Core doesn't write such a block.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The end of the head.</param>
    private static MergeBlock? ReadBlock(string text, int start)
    {
        if (CodeBlock.EndOf(text, start) is not { } close)
            return null;
        var end = _end.Match(text, start, close - start) is { Success: true } match ? match.Index : close;
        if (CodeBlock.StatementsOf(text, start, end) is not { Count: > 0 } statements)
            return null;
        var calls = statements.Select(SnapshotCall.Parse).ToList();
        if (calls.Contains(null))
            return null;
        var indentation = Regex.Match(text.Substring(start), @"\A\n(?<spaces>[ ]*)").Groups["spaces"].Value;
        var parts = SnapshotParts.Of(statements, calls!, statements.Select(BlockOf).ToList());
        var block = new MergeBlock(text.Substring(0, start), parts, indentation, text.Substring(end + 1));
        return parts.Select(part => part.Key).Distinct().Count() == parts.Count && block.Text == text ? block : null;
    }

    private static MergeBlock? BlockOf(string statement) =>
        _blockHead.Match(statement) is { Success: true } head ? ReadBlock(statement, head.Length) : null;
}
