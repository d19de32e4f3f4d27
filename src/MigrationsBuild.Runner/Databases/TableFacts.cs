using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases;

/// <summary>What a database says about the tables that migrations name.</summary>
/// <param name="Statements">The tables as the statements that would create them.</param>
/// <param name="Sizes">The sizes of those that exist.</param>
internal sealed record TableFacts(string Statements, IReadOnlyDictionary<ObjectName, TableSize> Sizes);

/// <summary>The size of a table.</summary>
/// <param name="Bytes">The size on disk, with indexes and partitions.</param>
/// <param name="Rows">The server's estimate of its rows.</param>
internal sealed record TableSize(long Bytes, long Rows)
{
    /// <summary>The size in words: <c>1.4 GB, about 12,000,000 rows</c>.</summary>
    public override string ToString() =>
        $"{ByteSize.Format(Bytes)}, about {(Rows == 1 ? "1 row" : FormattableString.Invariant($"{Rows:N0} rows"))}";
}
