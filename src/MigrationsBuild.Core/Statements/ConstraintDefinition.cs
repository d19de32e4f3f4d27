namespace MigrationsBuild.Statements;

/// <summary>The kinds of constraints.</summary>
public enum ConstraintKind
{
    /// <summary><c>PRIMARY KEY</c>.</summary>
    PrimaryKey,

    /// <summary><c>UNIQUE</c>.</summary>
    Unique,

    /// <summary><c>FOREIGN KEY</c>.</summary>
    ForeignKey,

    /// <summary><c>CHECK</c>.</summary>
    Check,

    /// <summary><c>EXCLUDE</c>.</summary>
    Exclude,

    /// <summary>PostgreSQL 18's <c>NOT NULL</c> as a constraint of the table.</summary>
    NotNull,
}

/// <summary>The definition of a constraint.</summary>
/// <param name="Kind">The kind of constraint.</param>
/// <param name="Name">The name, without quotes; <see langword="null"/> if the database chooses it.</param>
/// <param name="Columns">Its columns, without quotes; empty for a check.</param>
public sealed record ConstraintDefinition(ConstraintKind Kind, string? Name, IReadOnlyList<string> Columns)
{
    /// <summary>The referenced table of a foreign key.</summary>
    public ObjectName? References { get; init; }

    /// <summary>The condition of a check; otherwise empty.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Whether existing rows aren't checked.</summary>
    public bool IsNotValid { get; init; }

    /// <summary>Whether a unique constraint allows several nulls.</summary>
    public bool AreNullsDistinct { get; init; } = true;

    /// <summary>Whether it uses an existing index.</summary>
    public bool UsesIndex { get; init; }

    /// <summary>Whether it has an index of its name.</summary>
    public bool HasIndex => Kind is not (ConstraintKind.ForeignKey or ConstraintKind.Check or ConstraintKind.NotNull);
}
