namespace MigrationsBuild.Sql;

/// <summary>The kinds of changes of tables and their data.</summary>
internal enum SqlChangeKind
{
    /// <summary>Creates a table.</summary>
    Created,

    /// <summary>Adds a column.</summary>
    ColumnAdded,

    /// <summary>Renames a table.</summary>
    Renamed,

    /// <summary>Drops a table.</summary>
    Dropped,

    /// <summary>Drops a column.</summary>
    ColumnDropped,

    /// <summary>Deletes all rows of a table.</summary>
    Emptied,

    /// <summary>Drops another object that contains data, or on which columns depend.</summary>
    OtherDropped,
}

/// <summary>A change of a table or of another object that contains data.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Name">The table, as it is in the statement; for other objects also their kind.</param>
/// <param name="Detail">The column, or the new name of a table.</param>
internal sealed record SqlChange(SqlChangeKind Kind, string Name, string? Detail = null)
{
    /// <summary>The data that is lost, for reports; empty if none is.</summary>
    public override string ToString() => Kind switch
    {
        SqlChangeKind.Dropped => $"table {Name}, with all its rows",
        SqlChangeKind.ColumnDropped => $"column {Name}.{Detail}, with all its values",
        SqlChangeKind.Emptied => $"all rows of table {Name}",
        SqlChangeKind.OtherDropped => Name,
        _ => "",
    };
}
