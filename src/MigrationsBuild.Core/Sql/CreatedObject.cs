namespace MigrationsBuild.Sql;

/// <summary>An object that a statement creates.</summary>
/// <param name="Kind">
/// <c>TABLE</c>, <c>INDEX</c>, <c>SEQUENCE</c>, <c>VIEW</c>, <c>TYPE</c>, <c>SCHEMA</c> or <c>COLUMN</c>, and for SQLite <c>TRIGGER</c>.
/// </param>
/// <param name="Name">The name as it is in the statement, with the schema if the statement has it.</param>
/// <param name="Table">The table of a column or an index, as it is in the statement.</param>
public sealed record CreatedObject(string Kind, string Name, string? Table = null)
{
    /// <summary>Whether the statement does nothing if the object already exists.</summary>
    public bool IfNotExists { get; init; }

    /// <summary>Whether it is an index that is created concurrently. If that fails, an invalid index remains.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>The object that a statement creates.</summary>
    /// <param name="statement">Any statement.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>The object; <see langword="null"/> if the statement creates none of these kinds, or an object without a name.</returns>
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
        // In PostgreSQL the name of a trigger is unique only within its table.
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
