using System.Globalization;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>Counts the rows of tables.</summary>
/// <param name="session">The connection.</param>
internal sealed class ValueCounter(SqliteSession session)
{
    /// <summary>All tables, as the statements that have created them.</summary>
    public async Task<string> ReadDefinitionsAsync(CancellationToken cancellation) => string.Concat(
        (await session.QueryAsync("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL", cancellation))
        .Select(row => row[0] + ";\n"));

    /// <summary>Counts the rows that have a value.</summary>
    /// <returns><see langword="null"/> if the table or column doesn't exist.</returns>
    /// <exception cref="SqlFailure">The rows can't be counted.</exception>
    public async Task<ValueCount?> CountAsync(DroppedObject dropped, CancellationToken cancellation)
    {
        // A name in quotes that is no column would be a literal.
        var columns = await session.QueryAsync(
            SqlCommand.Own(
                "SELECT name FROM pragma_table_xinfo($1) WHERE $2 IS NULL OR name = $2 COLLATE NOCASE", dropped.Table.Name, dropped.Column),
            cancellation);
        if (columns.Count == 0)
            return null;
        var value = dropped.Column is null ? "1" : SqlText.Quote(dropped.Column);
        var row = (await session.QueryAsync(
            $"""
            SELECT CAST(count(*) AS TEXT), CAST(count(value) AS TEXT)
            FROM (SELECT {value} AS value FROM {dropped.Table} LIMIT {ValueCount.MaxRows + 1})
            """,
            cancellation))[0];
        var count = ValueCount.Of(Number(row[0]), Number(row[1]));
        if (count.IsComplete || !count.IsEmpty)
            return count;
        var any = await session.QueryAsync($"SELECT '' FROM {dropped.Table} WHERE {value} IS NOT NULL LIMIT 1", cancellation);
        return count with { Values = any.Count };
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
