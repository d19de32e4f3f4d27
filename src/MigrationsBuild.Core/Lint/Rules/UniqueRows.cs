using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Finds out whether existing rows may violate a new unique constraint or index.</summary>
/// <param name="migration">The migration.</param>
internal sealed class UniqueRows(LintedMigration migration)
{
    /// <summary>Whether rows may have the same values in the columns of a constraint.</summary>
    public bool MayViolate(ConstraintDefinition constraint, KnownTable table, LintStatement statement) =>
        MayViolate(IndexOf(constraint, table), table, statement);

    /// <summary>Whether rows may have the same values in the columns of an index.</summary>
    public bool MayViolate(CreateIndex index, KnownTable table, LintStatement statement) =>
        !(index.AreNullsDistinct
            && index.Columns.Any(column => migration.NewColumn(table.Name, column, statement) is { HasValue: false }))
        && !Keys(table).Concat(migration.Before.Find(table.Name) is { } before ? Keys(before) : []).Any(key => Implies(key, index, table));

    private static IEnumerable<CreateIndex> Keys(KnownTable table) => table.Indexes
        .Where(index => index.IsUnique)
        .Concat(table.Constraints
            .Where(constraint => constraint.Kind is ConstraintKind.Unique or ConstraintKind.PrimaryKey)
            .Select(constraint => IndexOf(constraint, table)));

    private static CreateIndex IndexOf(ConstraintDefinition constraint, KnownTable table) =>
        new(null, table.Name, constraint.Columns) { AreNullsDistinct = constraint.AreNullsDistinct };

    /// <summary>Whether rows that are or were unique in some columns are unique in those of an index, which may be more.</summary>
    private static bool Implies(CreateIndex key, CreateIndex index, KnownTable table) =>
        key.Columns.Count > 0 && key.Columns.All(index.Columns.Contains)
        && (key.Condition.Length == 0 || key.Condition == index.Condition)
        && (index.AreNullsDistinct || !key.AreNullsDistinct || key.Columns.All(table.IsRequired));
}
