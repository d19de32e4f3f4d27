namespace MigrationsBuild.Merging;

/// <summary>The position of a new part among other new parts.</summary>
/// <param name="Group">The group: all parts of a smaller one come first.</param>
/// <param name="Position">The position in the group.</param>
/// <param name="Names">The names that decide among parts of the same position; empty if their order isn't known.</param>
internal sealed record MergeOrder(int Group, int Position, IReadOnlyList<string> Names)
{
    /// <summary>The comparison with another part; <see langword="null"/> if the order isn't known.</summary>
    public int? CompareTo(MergeOrder other)
    {
        if (Group != other.Group || Position != other.Position)
            return (Group, Position).CompareTo((other.Group, other.Position));
        for (var i = 0; i < Math.Min(Names.Count, other.Names.Count); i++)
        {
            if (string.CompareOrdinal(Names[i], other.Names[i]) is var difference and not 0)
                return difference;
        }

        return Names.Count == other.Names.Count ? null : Names.Count.CompareTo(other.Names.Count);
    }
}
