namespace MigrationsBuild.Sql;

/// <summary>Something that a statement makes, and that may exist already.</summary>
/// <param name="Kind">What it is: <c>TABLE</c>, <c>INDEX</c>, <c>SEQUENCE</c>, <c>VIEW</c>, <c>TYPE</c>, <c>SCHEMA</c>, <c>COLUMN</c>;
/// SQLite's <c>TRIGGER</c>.</param>
/// <param name="Name">Its name, as the statement writes it, with its schema if that is written.</param>
/// <param name="Table">A column's or an index's table, as the statement writes it.</param>
public sealed record CreatedObject(string Kind, string Name, string? Table = null)
{
    /// <summary>Whether the statement does without it if it exists already.</summary>
    public bool IfNotExists { get; init; }

    /// <summary>Whether it is an index that is built while others write: one that fails leaves an invalid index behind.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>What a statement makes.</summary>
    /// <param name="statement">Any statement.</param>
    /// <param name="dialect">Who reads it.</param>
    /// <returns>The object; <see langword="null"/> if it makes none of these kinds, or none of a name of its own.</returns>
    public static CreatedObject? Of(string statement, SqlDialect dialect)
    {
        var reader = SqlTokenReader.Of(statement, dialect);
        return reader.Skip("CREATE") ? OfCreate(reader, dialect) : reader.Skip("ALTER", "TABLE") ? OfAlter(reader) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind == "COLUMN" ? $"column {Table}.{Name}" : $"{Kind.ToLowerInvariant()} {Name}";

    private static CreatedObject? OfCreate(SqlTokenReader reader, SqlDialect dialect)
    {
        _ = reader.Skip("UNIQUE") || reader.Skip("MATERIALIZED") || reader.Skip("UNLOGGED");
        // A trigger of PostgreSQL is its table's, and has no name of its own.
        var kind = dialect == SqlDialect.Sqlite && reader.Skip("TRIGGER")
            ? "TRIGGER"
            : reader.SkipAny("TABLE", "INDEX", "SEQUENCE", "VIEW", "TYPE", "SCHEMA");
        if (kind is null)
            return null;
        var (concurrently, ifNotExists) = (reader.Skip("CONCURRENTLY"), reader.Skip("IF", "NOT", "EXISTS"));
        if (reader.Skip("ON") || reader.Name() is not { } name)
            return null;
        var hasTable = kind == "INDEX" && reader.Skip("ON");
        if (hasTable)
            reader.Skip("ONLY");
        return new CreatedObject(kind, name, hasTable ? reader.Name() : null) { IfNotExists = ifNotExists, IsConcurrent = concurrently };
    }

    private static CreatedObject? OfAlter(SqlTokenReader reader)
    {
        reader.Skip("IF", "EXISTS");
        reader.Skip("ONLY");
        if (reader.Name() is not { } table || !reader.Skip("ADD"))
            return null;
        reader.Skip("COLUMN");
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        return reader.SkipAny("CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "EXCLUDE") is null && reader.Name() is { } column
            ? new CreatedObject("COLUMN", column, table) { IfNotExists = ifNotExists }
            : null;
    }
}
