using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>A table, as far as it is known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNew">Whether the migration has created it, so that it has no rows that another transaction could see.</param>
/// <param name="IsKnown">Whether all of its columns are known.</param>
internal sealed record KnownTable(ObjectName Name, bool IsNew, bool IsKnown)
{
    /// <summary>Its name before the first migration: it may have been renamed since.</summary>
    public ObjectName Origin { get; init; } = Name;

    /// <summary>The partitioned table of which it is a partition.</summary>
    public ObjectName? PartitionOf { get; init; }

    /// <summary>The columns by name.</summary>
    public Dictionary<string, KnownColumn> Columns { get; init; } = [];

    /// <summary>The columns that have the values of the table of which it is a copy: see <see cref="TableRebuilds"/>.</summary>
    public HashSet<string> Copied { get; init; } = [];

    /// <summary>The constraints.</summary>
    public List<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>The indexes.</summary>
    public List<CreateIndex> Indexes { get; init; } = [];

    /// <summary>The columns of the primary key; empty if it isn't known.</summary>
    public IReadOnlyList<string> Key =>
        Constraints.Find(constraint => constraint.Kind == ConstraintKind.PrimaryKey)?.Columns ?? [];

    /// <summary>A column; <see langword="null"/> if it isn't known.</summary>
    public KnownColumn? Find(string column) => Columns.TryGetValue(column, out var known) ? known : null;

    /// <summary>Whether the migration has added a column.</summary>
    public bool IsNewColumn(string column) => IsNew || Find(column) is { IsNew: true };

    /// <summary>
    /// Whether a column is known to contain no nulls. PostgreSQL 12 and later also use a validated check, and don't read the rows again.
    /// </summary>
    public bool IsRequired(string column) => Find(column) is { Definition.IsRequired: true }
        || Constraints.Exists(constraint => !constraint.IsNotValid && Requires(constraint, column));

    /// <summary>Whether a constraint keeps nulls out of a column.</summary>
    public static bool Requires(ConstraintDefinition constraint, string column) => constraint.Kind switch
    {
        ConstraintKind.NotNull => constraint.Columns.Contains(column),
        ConstraintKind.Check => constraint.Condition.Trim('(', ')') is var condition
            && condition.EndsWith(" IS NOT NULL", StringComparison.OrdinalIgnoreCase)
            && condition.Substring(0, condition.Length - " IS NOT NULL".Length).TrimEnd(')').TrimStart('(') is var name
            && (name == ObjectName.Quote(column) || name == SqlText.Quote(column)
                || string.Equals(name, column, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    /// <summary>The full name of a column, in quotes.</summary>
    public string Column(string column) => $"{Name}.{ObjectName.Quote(column)}";
}

/// <summary>A column.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="IsNew">Whether the migration has added it.</param>
internal sealed record KnownColumn(ColumnDefinition Definition, bool IsNew)
{
    /// <summary>Its name before the first migration: it may have been renamed since.</summary>
    public string Origin { get; init; } = Definition.Name;
}
