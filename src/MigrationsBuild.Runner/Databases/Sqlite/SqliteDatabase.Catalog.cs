using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>The contents of the database.</content>
internal sealed partial class SqliteDatabase
{
    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = SqlText.Literal(SqlText.Unquote(created.Name));
        var sql = created.Kind == "COLUMN"
            ? $"SELECT 1 FROM pragma_table_info({SqlText.Literal(SqlText.Unquote(created.Table!))}) WHERE name = {name} COLLATE NOCASE"
            : $"SELECT 1 FROM sqlite_master WHERE name = {name} COLLATE NOCASE";
        return (await QueryAsync(sql, cancellation)).Count > 0;
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"""
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
              AND name NOT IN ({SqlText.Literal(JournalTable)}, {SqlText.Literal(History.Name)}, '__EFMigrationsLock')
            ORDER BY 1
            """,
            cancellation)).Select(row => row[0]!)];

    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var tables = await QueryAsync(
            """
            SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
            """,
            cancellation);
        bool Has(string name) => tables.Any(row => string.Equals(row[0], name, StringComparison.OrdinalIgnoreCase));
        return new DatabaseContent(Has(History.Name), Has(JournalTable), tables.Count == 0);
    }
}
