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

    /// <summary>A name without the quotes that it may have: those of the standard, or what SQLite takes as well.</summary>
    /// <param name="name">A name as a statement writes it, without a schema.</param>
    public static string Unquote(string name) =>
        name.Length > 1 && name[0] is '"' or '`' or '[' ? name.Substring(1, name.Length - 2).Replace("\"\"", "\"") : name;
}
