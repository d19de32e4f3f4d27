using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>
/// Statements that do nothing if the database is already as they leave it. Not every statement of PostgreSQL has <c>IF NOT EXISTS</c>.
/// </summary>
internal static class Guarded
{
    /// <summary>A statement that isn't executed if a query has rows.</summary>
    /// <param name="stage">The part of the script.</param>
    /// <param name="query">The query, from <c>FROM</c> on. It qualifies the names of catalogs.</param>
    /// <param name="sql">The statement, without a semicolon.</param>
    public static ScriptStatement Unless(ScriptStage stage, string query, string sql) =>
        new(stage, Block($"NOT EXISTS (SELECT {query})", sql)) { Plain = sql };

    /// <summary>A statement that is executed only if a query has rows.</summary>
    /// <param name="stage">The part of the script.</param>
    /// <param name="query">See <see cref="Unless"/>.</param>
    /// <param name="sql">The statement, without a semicolon.</param>
    public static ScriptStatement If(ScriptStage stage, string query, string sql) =>
        new(stage, Block($"EXISTS (SELECT {query})", sql)) { Plain = sql };

    private static string Block(string condition, string sql)
    {
        var tag = "$do$";
        for (var i = 1; sql.Contains(tag, StringComparison.Ordinal); i++)
            tag = $"$do{i}$";
        return $"DO {tag}\nBEGIN\n    IF {condition} THEN\n        {sql};\n    END IF;\nEND\n{tag}";
    }

    /// <summary>A table or view as a value of <c>regclass</c>.</summary>
    public static string Class(string name) => $"{SqlText.Literal(name)}::pg_catalog.regclass";

    /// <summary>Whether there is a table, view or sequence of a name.</summary>
    public static string Exists(string name) => $"pg_catalog.to_regclass({SqlText.Literal(name)}) IS NOT NULL";

    /// <summary>A condition on a column that contains the name of an object.</summary>
    /// <param name="column">The column of the catalog.</param>
    /// <param name="name">The name, quoted where SQL needs it.</param>
    public static string Named(string column, string name) => $"{column} = {SqlText.Literal(SqlText.Unquote(name))}";
}
