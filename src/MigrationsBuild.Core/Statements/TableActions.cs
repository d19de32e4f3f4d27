using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads the actions of <c>ALTER TABLE</c>.</summary>
/// <param name="table">The table.</param>
/// <param name="definitions">The reader of columns and constraints.</param>
internal sealed class TableActions(ObjectName table, TableDefinitions definitions)
{
    private static readonly string[] _verbs = ["ADD", "DROP", "RENAME", "ALTER", "SET", "VALIDATE", "ATTACH", "DETACH"];

    private static readonly string[] _other =
        ["OWNER", "ENABLE", "DISABLE", "REPLICA", "INHERIT", "NO", "CLUSTER", "RESET", "FORCE", "OF", "NOT"];

    /// <summary>Reads all actions.</summary>
    public IReadOnlyList<TableAction> Read(SqlTokenReader reader) =>
        [.. reader.List().Select(item => One(item) ?? new UnknownAction(item.From(0).TextTo()))];

    private TableAction? One(SqlTokenReader reader)
    {
        var verb = reader.SkipAny([.. _verbs, .. _other]);
        switch (verb)
        {
            case "ADD":
                return Add(reader);
            case "DROP":
                return Drop(reader);
            case "RENAME":
                return Rename(reader);
            case "ALTER":
                return Alter(reader);
            case "SET":
                return Set(reader);
            case "VALIDATE" when reader.Skip("CONSTRAINT"):
                return new ValidateConstraint(definitions.Name(reader));
            case "ATTACH" or "DETACH" when reader.Skip("PARTITION"):
                var partition = definitions.FullName(reader);
                return reader.IsNext("FINALIZE")
                    ? new OtherAction("DETACH PARTITION FINALIZE", TableLock.ShareUpdateExclusive)
                    : new ChangePartition($"{verb} PARTITION", partition, reader.SkipTo("CONCURRENTLY", ","));
            case null or "VALIDATE" or "ATTACH" or "DETACH":
                return null;
            default:
                return new OtherAction(verb, LockOf(verb, reader));
        }
    }

    /// <summary>The lock of an action that only changes the catalog, by the notes of ALTER TABLE in PostgreSQL's manual.</summary>
    private static TableLock LockOf(string verb, SqlTokenReader reader) => verb switch
    {
        "CLUSTER" or "RESET" => TableLock.ShareUpdateExclusive,
        "ENABLE" or "DISABLE" when reader.SkipAny("ALWAYS", "REPLICA") is not "" && reader.IsNext("TRIGGER") => TableLock.ShareRowExclusive,
        _ => TableLock.AccessExclusive,
    };

    private TableAction? Add(SqlTokenReader reader)
    {
        var isColumn = reader.Skip("COLUMN");
        if (!isColumn && TableDefinitions.IsConstraint(reader))
            return new AddConstraint(definitions.Constraint(reader));
        if (reader.IsNext("GENERATED") || reader.IsAtEnd)
            return null;
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        return new AddColumn(definitions.Column(reader)) { IfNotExists = ifNotExists };
    }

    private TableAction Drop(SqlTokenReader reader)
    {
        var isConstraint = reader.Skip("CONSTRAINT");
        if (!isConstraint)
            reader.Skip("COLUMN");
        var ifExists = reader.Skip("IF", "EXISTS");
        var name = definitions.Name(reader);
        return isConstraint ? new DropConstraint(name) : new DropColumn(name) { IfExists = ifExists };
    }

    private TableAction? Rename(SqlTokenReader reader)
    {
        if (reader.SkipAny("TO", "AS") is not null)
            return new RenameTable(table.With(definitions.Name(reader)));
        var isConstraint = reader.Skip("CONSTRAINT");
        if (!isConstraint)
            reader.Skip("COLUMN");
        var name = definitions.Name(reader);
        if (!reader.Skip("TO"))
            return null;
        var newName = definitions.Name(reader);
        return isConstraint ? new RenameConstraint(name, newName) : new RenameColumn(name, newName);
    }

    private TableAction? Alter(SqlTokenReader reader)
    {
        if (reader.Skip("CONSTRAINT"))
            return new OtherAction("ALTER CONSTRAINT");
        reader.Skip("COLUMN");
        var column = definitions.Name(reader);
        if (reader.Skip("SET", "DATA", "TYPE") || reader.Skip("TYPE"))
            return Retype(reader, column);
        var verb = reader.SkipAny("SET", "DROP", "ADD", "RESET", "RESTART");
        if (reader.Skip("NOT", "NULL") && verb is "SET" or "DROP")
            return new ChangeNullability(column, IsRequired: verb == "SET");
        return (verb, reader.SkipAny("DEFAULT", "IDENTITY", "GENERATED", "EXPRESSION", "STATISTICS", "STORAGE", "COMPRESSION", "(")) switch
        {
            ("SET", "DEFAULT") => new ChangeDefault(column, TableDefinitions.Default(reader)),
            ("DROP", "DEFAULT") => new ChangeDefault(column, null),
            ("DROP", "IDENTITY") => new DropIdentity(column),
            ("DROP", "EXPRESSION") => new DropExpression(column),
            ("ADD", "GENERATED") => new AddIdentity(column),
            ("SET", "EXPRESSION") => new RewriteTable("SET EXPRESSION"),
            ("ADD" or null, _) => verb == "ADD" || !reader.IsAtEnd ? null : new OtherAction("ALTER COLUMN"),
            (_, "STATISTICS" or "(") => new OtherAction($"{verb} of a column", TableLock.ShareUpdateExclusive),
            // Options of an identity's sequence follow each other: SET CACHE 5, RESTART WITH 1.
            _ => new OtherAction($"{verb} of a column"),
        };
    }

    private static ChangeType Retype(SqlTokenReader reader, string column)
    {
        var type = TableDefinitions.Type(reader);
        var collation = reader.Skip("COLLATE") ? reader.Name() : null;
        return new ChangeType(column, type)
        {
            Collation = collation,
            Using = reader.Skip("USING") ? reader.TextTo(",") : null,
        };
    }

    private TableAction? Set(SqlTokenReader reader)
    {
        if (reader.Skip("SCHEMA"))
            return new RenameTable(ObjectName.In(definitions.Name(reader), table.Name));
        return reader.SkipAny("LOGGED", "UNLOGGED", "TABLESPACE", "ACCESS", "WITHOUT", "WITH", "(") switch
        {
            "LOGGED" => new RewriteTable("SET LOGGED"),
            "UNLOGGED" => new RewriteTable("SET UNLOGGED"),
            "TABLESPACE" => new RewriteTable("SET TABLESPACE"),
            "ACCESS" => new RewriteTable("SET ACCESS METHOD"),
            null => null,
            "(" => new OtherAction("SET", TableLock.ShareUpdateExclusive),
            "WITHOUT" when reader.Skip("CLUSTER") => new OtherAction("SET", TableLock.ShareUpdateExclusive),
            _ => new OtherAction("SET"),
        };
    }
}
