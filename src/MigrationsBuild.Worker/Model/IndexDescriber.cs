using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Describes new indexes in the database's terms.</summary>
internal sealed class IndexDescriber(DatabaseSyntax syntax)
{
    private static readonly string[] _included = ["Npgsql:IndexInclude", "SqlServer:Include"];

    private static readonly HashSet<string> _shownWithColumns =
    [
        "Npgsql:IndexOperators",
        "Npgsql:IndexSortOrder",
        "Npgsql:IndexNullSortOrder",
        "Npgsql:IndexCollation",
        "Relational:Collation",
        .. _included,
    ];

    /// <summary>The index: <c>unique index "IX" on "T" ("A" DESC), including ("B")</c>.</summary>
    public string Describe(CreateIndexOperation index)
    {
        var included = _included.Select(name => index.FindAnnotation(name)?.Value).OfType<string[]>().FirstOrDefault();
        return $"{(index.IsUnique ? "unique " : "")}index {syntax.Name(index.Name)} on {syntax.Name(index.Table, index.Schema)} "
            + $"({string.Join(", ", index.Columns.Select((column, i) => Column(index, column, i)))})"
            + (index.Filter is null ? "" : $" where {OperationDetail.Shorten(index.Filter)}")
            + (included is null ? "" : $", including ({syntax.Names(included)})")
            + OperationDetail.Describe(AnnotationDescriptions.Of(index, _shownWithColumns.Contains));
    }

    /// <summary>A column with its collation, operator class and order. An empty <c>IsDescending</c> means all columns.</summary>
    private string Column(CreateIndexOperation index, string column, int position)
    {
        var collation = Item("Relational:Collation") ?? Item("Npgsql:IndexCollation");
        var descends = index.IsDescending is { } descending
            ? descending.Length == 0 || descending.ElementAtOrDefault(position)
            : Item("Npgsql:IndexSortOrder") == "Descending";
        return syntax.Name(column)
            + (collation is null ? "" : $" COLLATE {syntax.Name(collation)}")
            + (Item("Npgsql:IndexOperators") is { } operators ? $" {operators}" : "")
            + (descends ? " DESC" : "")
            + Item("Npgsql:IndexNullSortOrder") switch { "NullsFirst" => " NULLS FIRST", "NullsLast" => " NULLS LAST", _ => "" };

        string? Item(string annotation) => index.FindAnnotation(annotation)?.Value is Array values
            && position < values.Length
            && values.GetValue(position)?.ToString() is { Length: > 0 } item
            ? item
            : null;
    }
}
