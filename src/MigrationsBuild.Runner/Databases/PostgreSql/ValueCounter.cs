using System.Globalization;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Counts the rows of tables. Only tables are read: a view executes functions of other roles.</summary>
/// <param name="session">The session.</param>
internal sealed class ValueCounter(PostgreSqlSession session)
{
    /// <summary>A character that no migration contains: see <see cref="MigrationsBuild.Text.InvisibleText"/>.</summary>
    private const string Separator = "\u001f";

    /// <summary>The columns of tables, as the statements that would create the tables.</summary>
    public async Task<string> ReadDefinitionsAsync(IReadOnlyCollection<ObjectName> names, CancellationToken cancellation)
    {
        var all = names.ToList();
        var tables = await FindAsync(all, cancellation);
        return string.Concat(tables.Select(table => $"CREATE TABLE {all[table.Key]} ({string.Join(", ", table.Select(Definition))});\n"));
    }

    /// <summary>Counts the rows that have a value, all in one round trip.</summary>
    /// <returns>A count for each object; <see langword="null"/> for one that doesn't exist.</returns>
    /// <exception cref="SqlFailure">The rows of one can't be counted.</exception>
    public async Task<IReadOnlyList<ValueCount?>> CountAsync(IReadOnlyList<DroppedObject> objects, CancellationToken cancellation)
    {
        var tables = await FindAsync([.. objects.Select(dropped => dropped.Table)], cancellation);
        var existing = objects.Select((dropped, at) => (
                At: at,
                Name: tables[at].FirstOrDefault(column => dropped.Column is null || column.Name == dropped.Column)?.Table,
                Value: dropped.Column is null ? "1" : SqlText.Quote(dropped.Column)))
            .Where(one => one.Name is not null)
            .ToList();
        var counts = new ValueCount?[objects.Count];
        if (existing.Count == 0)
            return counts;
        var rows = await session.QueryAllRowsAsync(
            string.Join(" UNION ALL ", existing.Select(one =>
                $"""
                SELECT '{one.At}', count(*)::text, count(value)::text
                FROM (SELECT {one.Value} AS value FROM {one.Name} LIMIT {ValueCount.MaxRows + 1}) AS r
                """)),
            cancellation);
        foreach (var row in rows)
            counts[Number(row[0])] = ValueCount.Of(Number(row[1]), Number(row[2]));
        foreach (var (at, name, value) in existing.Where(one => counts[one.At] is { IsComplete: false, IsEmpty: true }))
        {
            // IS NOT NULL is false for a composite value with a null in it.
            var any = await session.QueryAllRowsAsync($"SELECT FROM {name} WHERE num_nonnulls({value}) > 0 LIMIT 1", cancellation);
            counts[at] = counts[at]! with { Values = any.Count };
        }

        return counts;
    }

    /// <summary>
    /// The columns of those of some tables that exist, by the position of the table. The search path completes the names.
    /// </summary>
    private async Task<ILookup<int, Column>> FindAsync(IReadOnlyList<ObjectName> names, CancellationToken cancellation)
    {
        // A name without a schema may be that of a table of the schema public which is not in the search path.
        var rows = await session.QueryInUsersPathAsync(
            SqlCommand.Own(
                """
                SELECT n.at::pg_catalog.text, pg_catalog.format('%I.%I', s.nspname, c.relname), a.attname::pg_catalog.text,
                       (a.attgenerated OPERATOR(pg_catalog.<>) '')::pg_catalog.text
                FROM ROWS FROM (
                         pg_catalog.unnest(pg_catalog.string_to_array($1, $3)), pg_catalog.unnest(pg_catalog.string_to_array($2, $3)))
                     WITH ORDINALITY AS n (name, other, at)
                JOIN pg_catalog.pg_class c
                    ON c.oid OPERATOR(pg_catalog.=)
                        COALESCE(pg_catalog.to_regclass(n.name), pg_catalog.to_regclass(n.other))::pg_catalog.oid
                JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) c.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
                WHERE (c.relkind OPERATOR(pg_catalog.=) 'r' OR c.relkind OPERATOR(pg_catalog.=) 'p')
                  AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
                ORDER BY n.at
                """,
                string.Join(Separator, names.Select(name => name.Written)),
                string.Join(Separator, names.Select(name => name.Schema is null ? $"public.{name}" : name.ToString())),
                Separator),
            cancellation);
        return rows.ToLookup(row => Number(row[0]) - 1, row => new Column(row[1]!, row[2]!, row[3] == "true"));
    }

    private static string Definition(Column column) =>
        $"{SqlText.Quote(column.Name)} text{(column.IsComputed ? " GENERATED ALWAYS AS (0) STORED" : "")}";

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    /// <summary>A column of a table.</summary>
    /// <param name="Table">The whole name of the table, as in SQL.</param>
    /// <param name="Name">The name, without quotes.</param>
    /// <param name="IsComputed">Whether its values are computed.</param>
    private sealed record Column(string Table, string Name, bool IsComputed);
}
