namespace MigrationsBuild.Sql;

/// <summary>Names and literals in the syntax of PostgreSQL and SQLite.</summary>
public static class SqlText
{
    /// <summary>A text as a literal, or <c>NULL</c>.</summary>
    public static string Literal(string? text) => text is null ? "NULL" : "'" + text.Replace("'", "''") + "'";

    /// <summary>A name in quotes.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"") + "\"";

    /// <summary>The content of a literal in single quotes or dollar quotes, without PostgreSQL's escapes.</summary>
    /// <param name="literal">A complete literal.</param>
    public static string Content(string literal)
    {
        var quote = literal.IndexOf('\'');
        if (literal[0] != '$')
            return literal.Substring(quote + 1, Math.Max(0, literal.Length - quote - 2)).Replace("''", "'");
        var tag = literal.IndexOf('$', 1) + 1;
        return literal.Substring(tag, Math.Max(0, literal.Length - 2 * tag));
    }

    /// <summary>A name without its quotes, if it has any: double quotes or, in SQLite, backticks or brackets.</summary>
    /// <param name="name">A name as it is in a statement, without a schema.</param>
    public static string Unquote(string name) =>
        name.Length > 1 && name[0] is '"' or '`' or '[' ? name.Substring(1, name.Length - 2).Replace("\"\"", "\"") : name;
}
