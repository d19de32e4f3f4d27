using System.Globalization;
using MigrationsBuild.Files;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>The rows of tables as objects of a catalog, so that two databases are compared with what migrations have inserted.</summary>
internal static class TableRows
{
    /// <summary>The kind of these objects.</summary>
    public const string Kind = "rows";

    private const int HashDigits = 12;

    /// <summary>Adds an object for the rows of each table. Neither the order of rows nor that of columns counts.</summary>
    /// <param name="database">The database. All rows are read, so it should have few.</param>
    /// <param name="catalog">Its objects.</param>
    public static async Task<Catalog> AddAsync(Database database, Catalog catalog, CancellationToken cancellation)
    {
        var rows = new List<CatalogObject>();
        foreach (var table in catalog.Objects.Where(one => one.Kind == "table"))
        {
            var columns = catalog.Objects
                .Where(one => one.Kind == "column" && one.Owner == table.Name)
                .Select(one => one.LocalName)
                .Order(StringComparer.Ordinal)
                .ToList();
            if (columns.Count > 0)
                rows.Add(await ReadAsync(database, table.Name, columns, cancellation));
        }

        return new Catalog([.. catalog.Objects, .. rows]);
    }

    private static async Task<CatalogObject> ReadAsync(
        Database database, string table, List<string> columns, CancellationToken cancellation)
    {
        var values = string.Join(", ", columns.Select(column => $"CAST({Quoted(column)} AS text)"));
        var rows = await database.QueryAsync($"SELECT {values} FROM {Quoted(table)}", cancellation);
        var texts = rows.Select(row => string.Join("\u001f", row.Select(value => value ?? "\0"))).Order(StringComparer.Ordinal);
        var count = rows.Count.ToString(CultureInfo.InvariantCulture);
        var hash = rows.Count == 0 ? "" : $", hash {ContentHash.OfText(string.Join("\u001e", texts))[..HashDigits]}";
        return new CatalogObject(Kind, table, count + hash) { Owner = table };
    }

    /// <summary>A name in quotes, because it may be a keyword.</summary>
    private static string Quoted(string name)
    {
        var parsed = ObjectName.Parse(name);
        var schema = parsed.Schema ?? (name.StartsWith("public.", StringComparison.Ordinal) ? "public" : null);
        return (schema is null ? "" : SqlText.Quote(schema) + ".") + SqlText.Quote(parsed.Name);
    }
}
