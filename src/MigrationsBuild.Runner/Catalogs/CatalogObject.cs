namespace MigrationsBuild.Runner.Catalogs;

/// <summary>An object of a database.</summary>
/// <param name="Kind">The kind, as in SQL: <c>table</c>, <c>column</c>, <c>foreign key</c>.</param>
/// <param name="Name">Its name, with the schema and the table that it belongs to, quoted where SQL needs it.</param>
/// <param name="Definition">Its definition as SQL. Two objects are the same if their definitions are equal.</param>
internal sealed record CatalogObject(string Kind, string Name, string Definition)
{
    /// <summary>The table or view that it belongs to; empty if it is one itself, or belongs to none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The name of the whole that it is or belongs to.</summary>
    public string Whole => Owner.Length > 0 ? Owner : Name;
}
