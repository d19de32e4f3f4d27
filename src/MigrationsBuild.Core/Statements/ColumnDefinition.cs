namespace MigrationsBuild.Statements;

/// <summary>The definition of a column.</summary>
/// <param name="Name">The name, without quotes.</param>
/// <param name="Type">The type, as it is written.</param>
public sealed record ColumnDefinition(string Name, string Type)
{
    /// <summary>Whether it is <c>NOT NULL</c>.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The default; <see langword="null"/> if it has none.</summary>
    public string? Default { get; init; }

    /// <summary>The collation; <see langword="null"/> for the type's own.</summary>
    public string? Collation { get; init; }

    /// <summary>Whether it is an identity column.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Whether its values are computed from other columns and stored.</summary>
    public bool IsStored { get; init; }

    /// <summary>Whether its values are computed from other columns when they are read.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>The constraints that are written with the column.</summary>
    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>Whether its values are computed.</summary>
    public bool IsComputed => IsStored || IsVirtual;

    /// <summary>Whether existing rows get a value if the column is added.</summary>
    public bool HasValue => Default is not null || IsIdentity || IsComputed || IsSerial;

    /// <summary>Whether a sequence gives its values.</summary>
    public bool IsSerial => Type.ToUpperInvariant() is "SERIAL" or "BIGSERIAL" or "SMALLSERIAL" or "SERIAL4" or "SERIAL8" or "SERIAL2";
}
