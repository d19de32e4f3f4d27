namespace MigrationsBuild.Runner.Databases;

/// <summary>The rows of a table, and how many of them have a value in a column. Of a table alone, every row counts.</summary>
/// <param name="Rows">The rows that were read.</param>
/// <param name="Values">Those of them that have a value; at least 1 if any row of the table has one.</param>
/// <param name="IsComplete">Whether all rows were read: a run must not wait for the end of a huge table.</param>
internal sealed record ValueCount(long Rows, long Values, bool IsComplete)
{
    /// <summary>The number of rows that are read.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>Whether nothing is lost with the column or table.</summary>
    public bool IsEmpty => Values == 0;

    /// <summary>The count of a query that reads up to one row more than <see cref="MaxRows"/>.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="values">Those with a value.</param>
    public static ValueCount Of(long rows, long values) =>
        rows > MaxRows ? new(MaxRows, Math.Min(values, MaxRows), IsComplete: false) : new(rows, values, IsComplete: true);

    /// <summary>The count in words: <c>48,112 of 51,002 rows have a value</c>, <c>51,002 rows</c>.</summary>
    /// <param name="isColumn">Whether the values of a column were counted.</param>
    public string Words(bool isColumn)
    {
        var rows = (IsComplete, Rows) switch
        {
            (true, 0) => "no rows",
            (true, 1) => "1 row",
            (true, _) => FormattableString.Invariant($"{Rows:N0} rows"),
            _ => FormattableString.Invariant($"more than {Rows:N0} rows"),
        };
        if (!isColumn || (IsComplete && Rows == 0))
            return rows;
        var values = IsEmpty ? "none" : FormattableString.Invariant($"{(IsComplete ? "" : "at least ")}{Values:N0}");
        return $"{values} of {rows} {(Values <= 1 ? "has" : "have")} a value";
    }
}
