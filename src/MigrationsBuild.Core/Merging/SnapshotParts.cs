namespace MigrationsBuild.Merging;

/// <summary>The statements of a block as parts of a list.</summary>
internal static class SnapshotParts
{
    /// <summary>The parts.</summary>
    /// <param name="statements">The texts of the statements.</param>
    /// <param name="calls">Their first calls.</param>
    /// <param name="blocks">Their blocks; <see langword="null"/> for a statement without one.</param>
    public static IReadOnlyList<MergePart> Of(
        IReadOnlyList<string> statements, IReadOnlyList<SnapshotCall> calls, IReadOnlyList<MergeBlock?> blocks)
    {
        var primaryKey = calls.FirstOrDefault(call => call is { Method: "HasKey", Extension: "" })?.Names ?? [];
        var bases = new Dictionary<string, string>();
        for (var i = 0; i < calls.Count; i++)
        {
            if (IsEntity(calls[i]) && BaseOf(blocks[i]) is { } @base)
                bases[calls[i].Names[0]] = @base;
        }

        return [.. statements.Select((statement, i) => IsEntity(calls[i]) ? Entity(i) : Statement(i))];

        MergePart Statement(int i)
        {
            var (key, order) = calls[i].Place(primaryKey);
            return new MergePart(key, order, statements[i]) { Block = blocks[i], Run = calls[i].Run };
        }

        MergePart Entity(int i)
        {
            var (name, group) = (calls[i].Names[0], GroupOf(blocks[i]));
            return new MergePart($"{group} {name}", new MergeOrder((int)group, Depth(name, bases), [name]), statements[i])
            {
                Block = blocks[i],
                IsGroup = group != SnapshotGroup.Entities,
            };
        }
    }

    private static bool IsEntity(SnapshotCall call) => call is { Method: "Entity", Names.Count: > 0 };

    /// <summary>Which of the blocks of an entity type it is.</summary>
    private static SnapshotGroup GroupOf(MergeBlock? block) => (SnapshotGroup?)block?.Parts[0].Order.Group switch
    {
        SnapshotGroup.ForeignKeys or SnapshotGroup.OwnedTypes => SnapshotGroup.Relationships,
        SnapshotGroup.Navigations => SnapshotGroup.EntityNavigations,
        _ => SnapshotGroup.Entities,
    };

    private static string? BaseOf(MergeBlock? block) =>
        block?.Parts[0] is { Order.Group: (int)SnapshotGroup.BaseType } first ? SnapshotCall.Parse(first.Text)!.Names[0] : null;

    /// <summary>The number of base types: EF Core writes base types first.</summary>
    private static int Depth(string name, Dictionary<string, string> bases)
    {
        var depth = 0;
        while (depth <= bases.Count && bases.TryGetValue(name, out name!))
            depth++;
        return depth;
    }
}
