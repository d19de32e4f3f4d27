using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Finds out whether existing rows may violate a new unique constraint.</summary>
/// <param name="migration">The migration.</param>
internal sealed class UniqueRows(LintedMigration migration)
{
    /// <summary>Whether rows may have the same values in some columns.</summary>
    public bool MayViolate(IReadOnlyList<string> columns, KnownTable table)
    {
        // Nulls are distinct, and all values of a new column without a default are null.
        if (columns.Any(column => table.Find(column) is { IsNew: true, Definition: { IsRequired: false, Default: null } }))
            return false;
        // A key with more columns than one that is or was unique is unique as well.
        var before = migration.Before.Find(table.Name);
        var known = table.Constraints.Concat(before?.Constraints ?? [])
            .Where(constraint => constraint.Kind is ConstraintKind.Unique or ConstraintKind.PrimaryKey && !constraint.UsesIndex)
            .Select(constraint => constraint.Columns)
            .Concat(table.Indexes.Concat(before?.Indexes ?? [])
                .Where(index => index.IsUnique)
                .Select(index => index.Columns));
        return !known.Any(unique => unique.Count > 0 && unique.All(columns.Contains));
    }
}
