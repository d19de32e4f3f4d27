namespace MigrationsBuild.Sql;

/// <summary>Names and values as SQL has them, in PostgreSQL and SQLite alike.</summary>
public static class SqlText
{
    /// <summary>A text as a literal; <c>NULL</c> for none.</summary>
    /// <param name="text">Any text.</param>
    public static string Literal(string? text) => text is null ? "NULL" : "'" + text.Replace("'", "''") + "'";

    /// <summary>A name in quotes.</summary>
    /// <param name="name">Any name.</param>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"") + "\"";
}
