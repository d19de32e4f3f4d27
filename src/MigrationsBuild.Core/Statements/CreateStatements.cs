using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads <c>CREATE</c>.</summary>
/// <param name="definitions">The reader of columns and constraints.</param>
internal sealed class CreateStatements(TableDefinitions definitions)
{
    private static readonly string[] _adjectives =
        ["TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "UNIQUE", "RECURSIVE", "CONSTRAINT", "TRUSTED", "PROCEDURAL", "MATERIALIZED"];

    private static readonly string[] _other =
    [
        "SCHEMA", "EXTENSION", "SEQUENCE", "FUNCTION", "PROCEDURE", "COLLATION", "AGGREGATE", "OPERATOR", "ROLE", "USER",
        "STATISTICS", "CAST", "SERVER", "FOREIGN", "PUBLICATION", "SUBSCRIPTION", "EVENT", "TEXT", "ACCESS", "LANGUAGE",
    ];

    /// <summary>Reads the statement after its first word.</summary>
    public Statement Read(SqlTokenReader reader)
    {
        reader.Skip("OR", "REPLACE");
        var adjectives = new List<string>();
        while (reader.SkipAny(_adjectives) is { } word)
            adjectives.Add(word);
        var kind = reader.Next().ToUpperInvariant();
        return kind switch
        {
            "TABLE" => Table(reader),
            "INDEX" => Index(reader, adjectives.Contains("UNIQUE")),
            "VIEW" => new CreateView(definitions.FullName(reader)),
            "TYPE" or "DOMAIN" => Type(reader, kind),
            "TRIGGER" => Trigger(reader),
            "POLICY" or "RULE" => OnTable(reader, kind),
            "DATABASE" or "TABLESPACE" => new OtherStatement($"CREATE {kind}") { EndsTransaction = true },
            _ when Array.IndexOf(_other, kind) >= 0 => new OtherStatement($"CREATE {kind}"),
            _ => new UnknownStatement($"CREATE {kind} isn't known"),
        };
    }

    private CreateTable Table(SqlTokenReader reader)
    {
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        var table = definitions.FullName(reader);
        var columns = new List<ColumnDefinition>();
        var constraints = new List<ConstraintDefinition>();
        var parent = reader.Skip("PARTITION", "OF") ? definitions.FullName(reader) : null;
        foreach (var item in reader.Items())
        {
            if (item.IsNext("LIKE"))
                continue;
            if (TableDefinitions.IsConstraint(item))
                constraints.Add(definitions.Constraint(item));
            else
                columns.Add(definitions.Column(item));
        }

        return new CreateTable(table, columns, constraints) { IfNotExists = ifNotExists, PartitionOf = parent };
    }

    private Statement Index(SqlTokenReader reader, bool isUnique)
    {
        var isConcurrent = reader.Skip("CONCURRENTLY");
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        var index = reader.IsNext("ON") ? null : definitions.FullName(reader);
        if (!reader.Skip("ON"))
            return new UnknownStatement("CREATE INDEX has no ON");
        reader.Skip("ONLY");
        var table = definitions.FullName(reader);
        if (reader.Skip("USING"))
            reader.Next();
        return new CreateIndex(index, table, [.. reader.Items().Select(Column)])
        {
            IsUnique = isUnique,
            IsConcurrent = isConcurrent,
            IfNotExists = ifNotExists,
            AreNullsDistinct = !reader.SkipTo("NULLS", "WHERE") || TableDefinitions.AreNullsDistinct(reader),
            Condition = reader.SkipTo("WHERE") && reader.Skip("WHERE") ? reader.TextTo(";") : "",
        };
    }

    /// <summary>The name of a column; of an expression, its text.</summary>
    private string Column(SqlTokenReader item)
    {
        var isExpression = item.IsNext("(");
        var name = isExpression ? item.TextTo() : definitions.Name(item);
        return item.IsNext("(") ? name + item.TextTo() : name;
    }

    private CreateType Type(SqlTokenReader reader, string kind)
    {
        var name = definitions.FullName(reader);
        if (kind == "DOMAIN")
            return new CreateType(name, [], reader.SkipTo("CHECK", "NOT"));
        return new CreateType(
            name,
            reader.Skip("AS", "ENUM") ? [.. reader.Items().Select(item => item.Next())] : [],
            IsConstrained: false);
    }

    /// <summary>A policy or a rule. The table is after the name of a policy, and after the event of a rule.</summary>
    private OtherStatement OnTable(SqlTokenReader reader, string kind) => new($"CREATE {kind}")
    {
        On = reader.SkipTo(kind == "POLICY" ? "ON" : "TO") && reader.SkipAny("ON", "TO") is not null ? definitions.FullName(reader) : null,
    };

    private Statement Trigger(SqlTokenReader reader)
    {
        reader.Name();
        return reader.SkipTo("ON") && reader.Skip("ON")
            ? new CreateTrigger(definitions.FullName(reader))
            : new UnknownStatement("CREATE TRIGGER has no ON");
    }
}
