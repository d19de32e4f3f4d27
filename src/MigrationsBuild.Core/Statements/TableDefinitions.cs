using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Reads the definitions of columns and constraints, in <c>CREATE TABLE</c> and in <c>ALTER TABLE</c>.</summary>
/// <param name="dialect">The dialect of the SQL.</param>
internal sealed class TableDefinitions(SqlDialect dialect)
{
    /// <summary>The words that begin the next part of a column's definition.</summary>
    private static readonly string[] _parts =
    [
        "CONSTRAINT", "NOT", "NULL", "DEFAULT", "COLLATE", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK", "GENERATED", "AS", "USING",
        "STORAGE", "COMPRESSION", "AUTOINCREMENT", "DEFERRABLE", "INITIALLY",
    ];

    private static readonly string[] _constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE"];

    /// <summary>Whether the definition of a constraint is next, and not that of a column.</summary>
    public static bool IsConstraint(SqlTokenReader reader) => Array.Exists(_constraints, word => reader.IsNext(word))
        || reader.IsNext("NOT", "NULL");

    /// <summary>Reads a name without a schema.</summary>
    public string Name(SqlTokenReader reader) => ObjectName.Parse(reader.Name() ?? "", dialect).Name;

    /// <summary>Reads a name with its schema.</summary>
    public ObjectName FullName(SqlTokenReader reader) => ObjectName.Parse(reader.Name() ?? "", dialect);

    /// <summary>Reads the type of a column.</summary>
    public static string Type(SqlTokenReader reader) => reader.TextTo([.. _parts, ","]);

    /// <summary>Reads a column.</summary>
    public ColumnDefinition Column(SqlTokenReader reader)
    {
        var column = new ColumnDefinition(Name(reader), Type(reader));
        var constraints = new List<ConstraintDefinition>();
        while (!reader.IsAtEnd && !reader.IsNext(","))
        {
            var name = reader.Skip("CONSTRAINT") ? Name(reader) : null;
            if (OwnConstraint(reader, column.Name, name) is { } constraint)
                constraints.Add(constraint);
            else if (constraints.Count > 0 && reader.Skip("NOT", "ENFORCED"))
                constraints[constraints.Count - 1] = constraints[constraints.Count - 1] with { IsNotValid = true };
            else
                column = Part(reader, column);
        }

        return column with { Constraints = constraints };
    }

    /// <summary>Reads a constraint of a table.</summary>
    public ConstraintDefinition Constraint(SqlTokenReader reader)
    {
        var name = reader.Skip("CONSTRAINT") ? Name(reader) : null;
        var kind = reader.SkipAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "NOT") switch
        {
            "PRIMARY" => ConstraintKind.PrimaryKey,
            "UNIQUE" => ConstraintKind.Unique,
            "FOREIGN" => ConstraintKind.ForeignKey,
            "CHECK" => ConstraintKind.Check,
            "NOT" => ConstraintKind.NotNull,
            _ => ConstraintKind.Exclude,
        };
        reader.SkipAny("KEY", "NULL");
        var areNullsDistinct = AreNullsDistinct(reader);
        var usesIndex = reader.Skip("USING", "INDEX");
        var items = usesIndex || kind == ConstraintKind.Exclude ? [] : reader.Items();
        var constraint = kind switch
        {
            ConstraintKind.Check => new ConstraintDefinition(kind, name, []) { Condition = Condition(items) },
            ConstraintKind.NotNull => new ConstraintDefinition(kind, name, [Name(reader)]),
            _ => new ConstraintDefinition(kind, name, [.. items.Select(Name)])
            {
                AreNullsDistinct = areNullsDistinct,
                UsesIndex = usesIndex,
            },
        };
        if (reader.Skip("REFERENCES"))
            constraint = constraint with { References = FullName(reader) };
        return constraint with { IsNotValid = SkipRest(reader) };
    }

    /// <summary>Skips <c>NULLS DISTINCT</c> or <c>NULLS NOT DISTINCT</c>, if it is next.</summary>
    /// <returns>Whether nulls are distinct, which is the default.</returns>
    public static bool AreNullsDistinct(SqlTokenReader reader) =>
        reader.Skip("NULLS", "DISTINCT") || !reader.Skip("NULLS", "NOT", "DISTINCT");

    /// <summary>Skips the rest of a constraint.</summary>
    /// <returns>Whether it is <c>NOT VALID</c> or PostgreSQL 18's <c>NOT ENFORCED</c>.</returns>
    private static bool SkipRest(SqlTokenReader reader)
    {
        var isNotValid = false;
        while (reader.SkipTo("NOT", ",") && reader.Skip("NOT"))
            isNotValid |= reader.SkipAny("VALID", "ENFORCED") is not null;
        return isNotValid;
    }

    private static string Condition(IReadOnlyList<SqlTokenReader> items) => string.Join(",", items.Select(item => item.TextTo()));

    private ConstraintDefinition? OwnConstraint(SqlTokenReader reader, string column, string? name)
    {
        if (reader.Skip("PRIMARY", "KEY"))
            return new ConstraintDefinition(ConstraintKind.PrimaryKey, name, [column]);
        if (reader.Skip("UNIQUE"))
            return new ConstraintDefinition(ConstraintKind.Unique, name, [column]) { AreNullsDistinct = AreNullsDistinct(reader) };
        if (reader.Skip("CHECK"))
            return new ConstraintDefinition(ConstraintKind.Check, name, []) { Condition = Condition(reader.Items()) };
        if (!reader.Skip("REFERENCES"))
            return null;
        var table = FullName(reader);
        reader.Items();
        while (reader.Skip("ON") || reader.Skip("MATCH"))
        {
            reader.SkipAny("DELETE", "UPDATE");
            _ = reader.Skip("NO", "ACTION") || reader.Skip("SET", "NULL") || reader.Skip("SET", "DEFAULT") || reader.Next().Length > 0;
        }

        return new ConstraintDefinition(ConstraintKind.ForeignKey, name, [column]) { References = table };
    }

    private static ColumnDefinition Part(SqlTokenReader reader, ColumnDefinition column)
    {
        switch (reader.Next().ToUpperInvariant())
        {
            case "NOT" when reader.Skip("NULL"):
                return column with { IsRequired = true };
            case "DEFAULT":
                return column with { Default = Default(reader) };
            case "COLLATE":
                return column with { Collation = reader.Name() };
            case "GENERATED":
                return Generated(reader, column);
            // SQLite needs no GENERATED ALWAYS.
            case "AS":
                return Computed(reader, column);
            default:
                return column;
        }
    }

    /// <summary>Reads the expression of a default.</summary>
    /// <returns>The text; <see langword="null"/> for <c>NULL</c>.</returns>
    public static string? Default(SqlTokenReader reader)
    {
        var first = reader.IsNext("(") ? "" : reader.Next();
        var rest = reader.TextTo([.. _parts, ","]);
        var text = first + (first.Length > 0 && rest.Length > 0 && char.IsLetterOrDigit(rest[0]) ? " " : "") + rest;
        return text.Equals("NULL", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("NULL::", StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    private static ColumnDefinition Generated(SqlTokenReader reader, ColumnDefinition column)
    {
        _ = reader.Skip("ALWAYS") || reader.Skip("BY", "DEFAULT");
        reader.Skip("AS");
        if (!reader.Skip("IDENTITY"))
            return Computed(reader, column);
        reader.Items();
        return column with { IsIdentity = true, IsRequired = true };
    }

    private static ColumnDefinition Computed(SqlTokenReader reader, ColumnDefinition column)
    {
        reader.Items();
        return reader.SkipAny("STORED", "VIRTUAL") == "STORED" ? column with { IsStored = true } : column with { IsVirtual = true };
    }
}
