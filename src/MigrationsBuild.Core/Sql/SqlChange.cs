namespace MigrationsBuild.Sql;

/// <summary>What a statement does to data that is there.</summary>
public enum SqlChangeKind
{
    /// <summary>Makes a table that wasn't there.</summary>
    Created,

    /// <summary>Adds a column that wasn't there.</summary>
    ColumnAdded,

    /// <summary>Gives a table another name.</summary>
    Renamed,

    /// <summary>Drops a table.</summary>
    Dropped,

    /// <summary>Drops a column.</summary>
    ColumnDropped,

    /// <summary>Deletes all rows of a table.</summary>
    Emptied,

    /// <summary>Drops something else that holds data, or that columns depend on.</summary>
    OtherDropped,
}

/// <summary>A change of what holds data, or of all the data in it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The table, as the statement writes it; of other things also what they are.</param>
/// <param name="Detail">The column, or a table's new name.</param>
public sealed record SqlChange(SqlChangeKind Kind, string Name, string? Detail = null)
{
    /// <summary>What is lost, in the words of a report; empty if nothing is.</summary>
    public override string ToString() => Kind switch
    {
        SqlChangeKind.Dropped => $"table {Name}, with all its rows",
        SqlChangeKind.ColumnDropped => $"column {Name}.{Detail}, with all its values",
        SqlChangeKind.Emptied => $"all rows of table {Name}",
        SqlChangeKind.OtherDropped => Name,
        _ => "",
    };
}
