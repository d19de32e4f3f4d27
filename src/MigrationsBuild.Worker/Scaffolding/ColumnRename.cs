namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>What a person says about a column that a draft drops, or that EF Core takes for renamed.</summary>
/// <param name="Table">The table, with its schema if one was given: <c>Users</c>, <c>sales.Users</c>.</param>
/// <param name="Column">The old name of the column.</param>
/// <param name="NewName">The new name; empty if the column wasn't renamed, but dropped.</param>
internal sealed record ColumnRename(string Table, string Column, string NewName)
{
    /// <summary>Whether it is about a table.</summary>
    public bool IsAbout(string table, string? schema) => TableRename.Means(Table, table, schema);

    /// <summary>The answer for the way back; a drop is one in both directions.</summary>
    public ColumnRename Reverse => NewName.Length == 0 ? this : new ColumnRename(Table, NewName, Column);

    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Column}:{NewName}";
}
