namespace MigrationsBuild.Runner.Databases;

/// <summary>Why a statement fails on the rows of a table, although it succeeds on an empty one.</summary>
internal enum RowViolation
{
    /// <summary>A column that must have a value has none.</summary>
    Null,

    /// <summary>Two rows have the same key.</summary>
    Duplicate,

    /// <summary>A row violates a check constraint or a foreign key.</summary>
    Constraint,

    /// <summary>A value doesn't fit the type.</summary>
    Value,
}
