namespace MigrationsBuild.Runner.Databases;

/// <summary>The size of a database. It shows a user who is about to drop the database whether it is the intended one.</summary>
/// <param name="Tables">The names of its tables, without EF Core's and ours.</param>
/// <param name="Rows">The rows in them.</param>
/// <param name="AreRowsEstimated">Whether the rows are the server's estimate.</param>
/// <param name="Bytes">Its size on disk.</param>
internal sealed record DatabaseSize(IReadOnlyList<string> Tables, long Rows, bool AreRowsEstimated, long Bytes)
{
    /// <summary>The size in words: <c>2 tables, about 340 rows, 8.1 MB</c>.</summary>
    public override string ToString() => string.Join(
        ", ",
        Tables.Count == 1 ? "1 table" : $"{Tables.Count} tables",
        (AreRowsEstimated ? "about " : "") + (Rows == 1 ? "1 row" : FormattableString.Invariant($"{Rows:N0} rows")),
        ByteSize.Format(Bytes));
}
