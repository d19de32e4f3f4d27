using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>
/// Recognizes the statements that migrations consist of. Of a statement that it doesn't recognize, it says so
/// (<see cref="UnknownStatement"/>), so that nobody takes it for harmless.
/// </summary>
/// <param name="dialect">The dialect of the SQL: PostgreSQL or SQLite.</param>
public sealed class StatementParser(SqlDialect dialect)
{
    private static readonly string[] _other =
    [
        "COMMENT", "GRANT", "REVOKE", "SET", "RESET", "SHOW", "ANALYZE", "NOTIFY", "LISTEN", "UNLISTEN", "SECURITY", "PRAGMA",
        "DISCARD", "IMPORT", "VALUES", "TABLE", "CHECKPOINT", "PREPARE", "DEALLOCATE",
    ];

    private static readonly string[] _transactions =
        ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"];

    /// <summary>The words between such a command and the name of its table or index.</summary>
    private static readonly string[] _maintenanceWords =
        ["VERBOSE", "ANALYZE", "FREEZE", "TABLE", "INDEX", "MATERIALIZED", "VIEW", "SCHEMA", "DATABASE", "SYSTEM"];

    private readonly TableDefinitions _definitions = new(dialect);

    /// <summary>The meaning of each statement of a text.</summary>
    /// <param name="sql">Any SQL text.</param>
    public IReadOnlyList<Statement> ParseAll(string sql) =>
        [.. SqlScript.Parse(sql, dialect).Select(statement => Parse(statement.Text))];

    /// <summary>The meaning of a statement.</summary>
    /// <param name="statement">The statement.</param>
    public Statement Parse(string statement)
    {
        // The values of an INSERT don't matter, and may be megabytes.
        var isInsert = statement.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase);
        var reader = SqlTokenReader.Of(statement, dialect, end: isInsert ? "VALUES" : null);
        var word = reader.Next().ToUpperInvariant();
        return word switch
        {
            "CREATE" => new CreateStatements(_definitions).Read(reader),
            "ALTER" => Alter(reader),
            "DROP" => Drop(reader),
            "TRUNCATE" => Truncate(reader),
            "INSERT" or "REPLACE" => Insert(reader),
            "UPDATE" => Update(reader),
            "DELETE" => Delete(reader),
            "WITH" or "SELECT" => new Queries(_definitions, dialect).Read(statement),
            "DO" => new CodeBlocks(this, dialect).Read(statement),
            "REINDEX" or "CLUSTER" or "VACUUM" or "LOCK" or "REFRESH" => Maintenance(word, reader),
            "CALL" or "EXECUTE" or "COPY" or "MERGE" or "LOAD" or "EXPLAIN" => new UnknownStatement($"{word} may do anything"),
            _ when Array.IndexOf(_transactions, word) >= 0 => new TransactionCommand(word),
            _ when Array.IndexOf(_other, word) >= 0 => new OtherStatement(word),
            _ => new UnknownStatement($"{word} isn't known"),
        };
    }

    private Statement Alter(SqlTokenReader reader)
    {
        if (reader.SkipAny("TABLE") is not null)
        {
            reader.Skip("IF", "EXISTS");
            reader.Skip("ONLY");
            var table = _definitions.FullName(reader);
            reader.Skip("*");
            return new AlterTable(table, new TableActions(table, _definitions).Read(reader));
        }

        var kind = reader.Next().ToUpperInvariant();
        if (kind is "SYSTEM" or "DATABASE")
            return new OtherStatement($"ALTER {kind}") { EndsTransaction = kind == "SYSTEM" };
        if (kind is "MATERIALIZED" or "FOREIGN" or "EVENT")
            kind += " " + reader.Next().ToUpperInvariant();
        reader.Skip("IF", "EXISTS");
        var name = _definitions.FullName(reader);
        if (kind == "TYPE" && reader.Skip("ADD", "VALUE"))
        {
            reader.Skip("IF", "NOT", "EXISTS");
            return new AddEnumLabel(name, reader.Next());
        }

        if (kind == "TYPE" && reader.Skip("RENAME", "VALUE"))
            return new RenameEnumLabel(name, reader.Next());
        if (reader.Skip("RENAME", "TO"))
            return new RenameObject(kind, name, name.With(_definitions.Name(reader)));
        if (reader.Skip("SET", "SCHEMA"))
            return new RenameObject(kind, name, ObjectName.In(_definitions.Name(reader), name.Name));
        if (kind == "DOMAIN" && reader.Skip("ADD"))
            return new ConstrainDomain(name, _definitions.Constraint(reader));
        return kind == "DOMAIN" && reader.Skip("SET", "NOT", "NULL")
            ? new ConstrainDomain(name, new ConstraintDefinition(ConstraintKind.NotNull, null, []))
            : new OtherStatement($"ALTER {kind}");
    }

    private Statement Drop(SqlTokenReader reader)
    {
        var kind = reader.Next().ToUpperInvariant();
        if (kind is "MATERIALIZED" or "FOREIGN" or "EVENT" or "ACCESS" or "USER" or "OPERATOR" or "OWNED")
            kind += " " + reader.Next().ToUpperInvariant();
        var isConcurrent = reader.Skip("CONCURRENTLY");
        var ifExists = reader.Skip("IF", "EXISTS");
        var names = Names(reader);
        var table = reader.Skip("ON") ? _definitions.FullName(reader) : null;
        var cascades = reader.SkipTo("CASCADE");
        return kind == "INDEX"
            ? new DropIndex(names, isConcurrent)
            : new DropObjects(kind, names, cascades) { IfExists = ifExists, On = table };
    }

    private TruncateTables Truncate(SqlTokenReader reader)
    {
        reader.Skip("TABLE");
        return new TruncateTables(Names(reader), reader.SkipTo("CASCADE"));
    }

    private List<ObjectName> Names(SqlTokenReader reader)
    {
        var names = new List<ObjectName>();
        do
        {
            reader.Skip("ONLY");
            names.Add(_definitions.FullName(reader));
            reader.Skip("*");
            reader.Items();
        }
        while (reader.Skip(","));
        return names;
    }

    private Statement Insert(SqlTokenReader reader)
    {
        if (reader.Skip("OR"))
            reader.Next();
        if (!reader.Skip("INTO"))
            return new UnknownStatement("INSERT has no INTO");
        var insert = new InsertRows(_definitions.FullName(reader)) { Columns = [.. reader.Items().Select(_definitions.Name)] };
        if (!reader.Skip("SELECT") || !reader.SkipTo("FROM") || !reader.Skip("FROM"))
            return insert;
        var source = _definitions.FullName(reader);
        return reader.IsAtEnd || reader.IsNext(";") ? insert with { Source = source } : insert;
    }

    private ChangeRows Update(SqlTokenReader reader)
    {
        reader.Skip("ONLY");
        var table = _definitions.FullName(reader);
        var columns = new List<string>();
        if (reader.SkipTo("SET") && reader.Skip("SET"))
        {
            do
            {
                columns.AddRange(reader.IsNext("(") ? reader.Items().Select(_definitions.Name) : [_definitions.Name(reader)]);
            }
            while (reader.SkipTo(",", "WHERE", "FROM", "RETURNING") && reader.Skip(","));
        }

        return new ChangeRows(table, Condition(reader), columns, IsDelete: false);
    }

    private ChangeRows Delete(SqlTokenReader reader)
    {
        reader.Skip("FROM");
        reader.Skip("ONLY");
        return new ChangeRows(_definitions.FullName(reader), Condition(reader), [], IsDelete: true);
    }

    private static string? Condition(SqlTokenReader reader) =>
        reader.SkipTo("WHERE") && reader.Skip("WHERE") && reader.TextTo("RETURNING", ";") is { Length: > 0 } text
        && !text.Equals("TRUE", StringComparison.OrdinalIgnoreCase) && text != "1=1"
            ? text
            : null;

    private Statement Maintenance(string word, SqlTokenReader reader)
    {
        var options = reader.Items().Select(item => $"{item.TextTo()} TRUE".ToUpperInvariant().Split(' ')).ToList();
        bool Has(string name) => options.Exists(option => option[0] == name && option[1] is not ("FALSE" or "OFF" or "0"));
        var isFull = reader.Skip("FULL") || Has("FULL");
        var isWhole = reader.IsNext("DATABASE") || reader.IsNext("SYSTEM") || reader.IsNext("SCHEMA");
        while (reader.SkipAny(_maintenanceWords) is not null)
            continue;
        var isConcurrent = reader.Skip("CONCURRENTLY") || Has("CONCURRENTLY");
        var subjects = isWhole || reader.IsAtEnd || reader.IsNext(";") ? [] : Names(reader);
        return word switch
        {
            "VACUUM" when isFull => new TableMaintenance("VACUUM FULL", subjects, TableLock.AccessExclusive) { EndsTransaction = true },
            "VACUUM" => new OtherStatement("VACUUM") { EndsTransaction = true },
            "LOCK" => new TableMaintenance("LOCK", subjects, LockMode(reader)),
            _ when isConcurrent => new OtherStatement($"{word} CONCURRENTLY") { EndsTransaction = word == "REINDEX" },
            "REINDEX" => new TableMaintenance("REINDEX", subjects, TableLock.Share) { EndsTransaction = isWhole },
            "REFRESH" => new TableMaintenance("REFRESH MATERIALIZED VIEW", subjects, TableLock.AccessExclusive),
            _ => new TableMaintenance("CLUSTER", subjects, TableLock.AccessExclusive),
        };
    }

    private static TableLock LockMode(SqlTokenReader reader) => reader.SkipTo("IN") && reader.Skip("IN")
        ? reader.TextTo("MODE").ToUpperInvariant() switch
        {
            "ACCESS SHARE" or "ROW SHARE" => TableLock.None,
            "ROW EXCLUSIVE" => TableLock.RowExclusive,
            "SHARE UPDATE EXCLUSIVE" => TableLock.ShareUpdateExclusive,
            "SHARE" => TableLock.Share,
            "SHARE ROW EXCLUSIVE" => TableLock.ShareRowExclusive,
            _ => TableLock.AccessExclusive,
        }
        : TableLock.AccessExclusive;
}
