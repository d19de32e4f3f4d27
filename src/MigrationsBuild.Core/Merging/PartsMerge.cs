namespace MigrationsBuild.Merging;

/// <summary>
/// A three-way merge of lists of parts. A part that one side has changed, added or removed is as on this side. New parts of both sides are
/// sorted by their <see cref="MergeOrder"/>. The rest is a conflict, with the markers of git around it.
/// </summary>
/// <param name="markerSize">The number of characters of a marker.</param>
internal sealed class PartsMerge(int markerSize)
{
    /// <summary>Whether there was a conflict.</summary>
    public bool HasConflicts { get; private set; }

    /// <summary>The version that one side has changed, or both in the same way; <see langword="null"/> if all three differ.</summary>
    public static T? Pick<T>(T before, T ours, T theirs)
        where T : class
    {
        if (Equals(ours, theirs) || Equals(before, theirs))
            return ours;
        return Equals(before, ours) ? theirs : null;
    }

    /// <summary>Merges two versions of a list.</summary>
    /// <param name="before">The version from which both sides began.</param>
    /// <param name="ours">The version of the own side.</param>
    /// <param name="theirs">The version of the other side.</param>
    /// <param name="indentation">The indentation of the parts.</param>
    /// <returns>The parts; <see langword="null"/> if the sides have their common parts in different orders.</returns>
    public IReadOnlyList<MergedPart>? Merge(
        IReadOnlyList<MergePart> before, IReadOnlyList<MergePart> ours, IReadOnlyList<MergePart> theirs, string indentation = "")
    {
        var (old, own, other) = (ByKey(before), ByKey(ours), ByKey(theirs));
        var parts = new Dictionary<string, MergedPart>();
        foreach (var key in own.Keys.Union(other.Keys))
        {
            if (Merge(Find(old, key), Find(own, key), Find(other, key), indentation) is { } part)
                parts.Add(key, part);
        }

        var (left, right) = (Kept(ours, parts), Kept(theirs, parts));
        var common = left.Select(part => part.Key).Intersect(right.Select(part => part.Key)).ToList();
        if (!common.SequenceEqual(right.Select(part => part.Key).Intersect(common)))
            return null;
        var result = new List<MergedPart>();
        foreach (var key in common)
        {
            result.AddRange(Sort(Before(left, key), Before(right, key), parts));
            result.Add(parts[key]);
        }

        return [.. result, .. Sort(left, right, parts)];
    }

    /// <summary>Merges a part; <see langword="null"/> if it is removed.</summary>
    private MergedPart? Merge(MergePart? before, MergePart? ours, MergePart? theirs, string indentation)
    {
        var (old, own, other) = (TextOf(before), TextOf(ours), TextOf(theirs));
        var text = Pick(old, own, other) ?? MergeBlocks(before, ours, theirs, indentation) ?? Conflict(own, other);
        return text.Length == 0 ? null : new MergedPart(text, (ours ?? theirs)!.Run);

        string TextOf(MergePart? part) => part is null ? "" : indentation + part.Text;
    }

    /// <summary>The merged block, empty without a statement; <see langword="null"/> if its statements can't be merged one by one.</summary>
    private string? MergeBlocks(MergePart? before, MergePart? ours, MergePart? theirs, string indentation)
    {
        if ((ours ?? theirs) is not { Block: { } block } part || !HasStatements(before, true) || !HasStatements(ours, part.IsGroup)
            || !HasStatements(theirs, part.IsGroup) || Merge(Of(before), Of(ours), Of(theirs), block.Indentation) is not { } parts)
        {
            return null;
        }

        return parts.Count == 0 ? "" : indentation + block.With(parts);

        // A version without a group is one whose group has no statements.
        bool HasStatements(MergePart? version, bool mayBeMissing) => version is null
            ? mayBeMissing
            : version.Block is { } other && (other.Head, other.Tail) == (block.Head, block.Tail);

        static IReadOnlyList<MergePart> Of(MergePart? version) => version?.Block?.Parts ?? [];
    }

    /// <summary>The new parts of both sides between two common ones.</summary>
    private List<MergedPart> Sort(Queue<MergePart> ours, Queue<MergePart> theirs, Dictionary<string, MergedPart> parts)
    {
        var result = new List<MergedPart>();
        while (ours.Count > 0 && theirs.Count > 0)
        {
            if (ours.Peek().Order.CompareTo(theirs.Peek().Order) is not { } order)
                return [.. result, new MergedPart(Conflict(TextOf(ours), TextOf(theirs)), ours.Peek().Run)];
            result.Add(parts[(order < 0 ? ours : theirs).Dequeue().Key]);
        }

        return [.. result, .. ours.Concat(theirs).Select(part => parts[part.Key])];

        string TextOf(Queue<MergePart> side) => MergedPart.Join(side.Select(part => parts[part.Key]));
    }

    private string Conflict(string ours, string theirs)
    {
        HasConflicts = true;
        return $"{Marker('<')} ours\n{Line(ours)}{Marker('=')}\n{Line(theirs)}{Marker('>')} theirs";

        string Marker(char character) => new(character, markerSize);

        static string Line(string text) => text.Length == 0 ? "" : text + "\n";
    }

    private static Queue<MergePart> Kept(IEnumerable<MergePart> side, Dictionary<string, MergedPart> parts) =>
        new(side.Where(part => parts.ContainsKey(part.Key)));

    /// <summary>Takes the parts before one, and the part itself.</summary>
    private static Queue<MergePart> Before(Queue<MergePart> parts, string key)
    {
        var result = new Queue<MergePart>();
        while (parts.Dequeue() is var part && part.Key != key)
            result.Enqueue(part);
        return result;
    }

    private static Dictionary<string, MergePart> ByKey(IEnumerable<MergePart> parts) => parts.ToDictionary(part => part.Key);

    private static MergePart? Find(Dictionary<string, MergePart> parts, string key) => parts.TryGetValue(key, out var part) ? part : null;
}
