using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>The name of a table or another object of a database, without quotes.</summary>
/// <param name="Schema">The schema; <see langword="null"/> for PostgreSQL's <c>public</c>, and without a schema.</param>
/// <param name="Name">The name, as in the database's catalog.</param>
public sealed record ObjectName(string? Schema, string Name)
{
    /// <summary>Whether the schema <c>public</c> was written. Comparisons ignore it: usually both mean one object.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The name as in SQL, with the schema <c>public</c> if it was written.</summary>
    public string Written => Schema is null && IsPublic ? $"public.{this}" : ToString();

    /// <summary>Reads a name.</summary>
    /// <param name="text">A name as in SQL, quoted if necessary.</param>
    /// <param name="dialect">The dialect of the SQL: PostgreSQL folds unquoted names. SQLite ignores case, but keeps it.</param>
    public static ObjectName Parse(string text, SqlDialect dialect = SqlDialect.PostgreSql)
    {
        var parts = SqlLexer.Tokenize(text, dialect)
            .Where(token => !token.IsTrivia && token.In(text) != ".")
            .Select(token => Part(token.In(text), token.Kind, dialect))
            .ToList();
        return In(parts.Count < 2 ? null : parts[parts.Count - 2], parts.Count == 0 ? "" : parts[parts.Count - 1]);
    }

    /// <summary>A name in a schema.</summary>
    /// <param name="schema">The schema, without quotes; <see langword="null"/> for none.</param>
    /// <param name="name">The name, without quotes.</param>
    public static ObjectName In(string? schema, string name) =>
        schema == "public" ? new(null, name) { IsPublic = true } : new(schema, name);

    /// <summary>Whether SQL contains a name, with or without quotes. Literals and comments don't count.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="name">The name, without a schema and without quotes.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    public static bool IsNamedIn(string sql, string name, SqlDialect dialect) => SqlLexer.Tokenize(sql, dialect)
        .Where(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
        .Any(token => string.Equals(
            Part(token.In(sql), token.Kind, dialect),
            name,
            dialect == SqlDialect.Sqlite ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    private static string Part(string text, SqlTokenKind kind, SqlDialect dialect)
    {
        if (kind != SqlTokenKind.QuotedName)
            return dialect == SqlDialect.PostgreSql ? text.ToLowerInvariant() : text;
        return SqlText.Unquote(text);
    }

    /// <summary>The value of <see cref="Schema"/> for objects of the schema of this name.</summary>
    public string? AsSchema => In(Name, "").Schema;

    /// <summary>A name in the same schema.</summary>
    public ObjectName With(string name) => this with { Name = name };

    /// <inheritdoc/>
    public bool Equals(ObjectName? other) => other is not null && other.Schema == Schema && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => (Schema, Name).GetHashCode();

    /// <summary>The name as in SQL, with quotes only where it needs them.</summary>
    public override string ToString() => Schema is null ? Quote(Name) : $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary>A name as in SQL, with quotes only if it has upper-case letters or other characters that need them.</summary>
    public static string Quote(string name) => Regex.IsMatch(name, "^[a-z_][a-z0-9_]*$") ? name : SqlText.Quote(name);
}
