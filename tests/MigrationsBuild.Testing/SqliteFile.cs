using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MigrationsBuild.Testing;

/// <summary>An SQLite database, looked at.</summary>
public static class SqliteFile
{
    /// <summary>Its schema and all rows as text, without our journal and EF Core's lock, which come and go.</summary>
    /// <param name="path">The file.</param>
    public static string Dump(string path)
    {
        var schema = Query(path, """
            SELECT type, name, sql FROM sqlite_master
            WHERE name NOT IN ('__MigrationsBuildJournal', '__EFMigrationsLock') AND tbl_name <> '__MigrationsBuildJournal'
            ORDER BY type, name
            """);
        var tables = Query(path, """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT IN ('__MigrationsBuildJournal', '__EFMigrationsLock')
            ORDER BY name
            """);
        var rows = tables
            .SelectMany(table => Query(path, $"SELECT '{table}', * FROM \"{table}\""))
            .Where(row => !row.StartsWith("sqlite_sequence|__MigrationsBuildJournal|", StringComparison.Ordinal));
        return string.Join("\n", schema.Concat(rows));
    }

    /// <summary>Reads rows, each as its values with a bar between.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sql">The query.</param>
    public static IReadOnlyList<string> Query(string path, string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(Value)));
        return rows;

        string? Value(int i) => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture);
    }
}
