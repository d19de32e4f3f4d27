namespace MigrationsBuild.Runner.Databases;

/// <summary>A table that generated rows can fill. All names are written as in SQL.</summary>
/// <param name="Name">The name, with its schema.</param>
/// <param name="Columns">The columns to which a value can be written.</param>
/// <param name="ForeignKeys">The foreign keys.</param>
internal sealed record FillableTable(
    string Name, IReadOnlyList<FillableColumn> Columns, IReadOnlyList<FillableForeignKey> ForeignKeys)
{
    /// <summary>
    /// The number before the first key of a generated row. Migrations insert rows of seed data with small keys, and a new table's keys
    /// begin with 1.
    /// </summary>
    private const int KeysBegin = 1_000_000;

    /// <summary>An expression for a number that differs in each row <c>s.n</c>.</summary>
    public static string Key { get; } = $"(s.n + {KeysBegin})";

    /// <summary>An expression for a number from 1 that has duplicates.</summary>
    /// <param name="count">The number of rows.</param>
    public static string Duplicate(int count) => $"(s.n % {Math.Min(1000, count / 2 + 1)} + 1)";
}

/// <summary>A column of a <see cref="FillableTable"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">An expression for the value in row <c>s.n</c>, from 1; <see langword="null"/> if its type has none.</param>
/// <param name="IsNullable">Whether it can be null.</param>
internal sealed record FillableColumn(string Name, string? Value, bool IsNullable);

/// <summary>A foreign key of a <see cref="FillableTable"/>.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Parent">The name of the referenced table.</param>
/// <param name="ParentColumns">The referenced columns, in the same order.</param>
internal sealed record FillableForeignKey(IReadOnlyList<string> Columns, string Parent, IReadOnlyList<string> ParentColumns);
