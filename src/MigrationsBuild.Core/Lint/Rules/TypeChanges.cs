using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Changes of a column's type or collation: MIG2106, MIG2205, MIG2209, MIG2302.</summary>
internal sealed class TypeChanges(LintedMigration migration) : LintRule(migration)
{
    private const string Rewrites =
        "PostgreSQL rewrites the table and all of its indexes under an ACCESS EXCLUSIVE lock (blocks reads and writes)";

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        if (action is not ChangeType change)
            return [];
        var old = table.Find(change.Column)?.Definition;
        // Of a new table without rows, only a missing cast matters.
        if (table.IsNew)
            return IsRefused(old, change) ? [NoCast(change, old!, statement, table)] : [];
        return [.. Of(change, old, statement, table)];
    }

    private static bool IsRefused(ColumnDefinition? old, ChangeType change) =>
        old is not null && change.Using is null && TypeChange.Of(old.Type, change.Type).Work == TypeChangeWork.Refused;

    private IEnumerable<LintFinding> Of(ChangeType change, ColumnDefinition? old, LintStatement statement, KnownTable table)
    {
        var name = table.Column(change.Column);
        if (old is null)
        {
            yield return statement.Error(
                DiagnosticCodes.TypeChangeRewrites,
                $"Column {name} becomes {change.Type}. Its current type isn't known. If the two types are stored in different ways, "
                + $"{Rewrites}.");
            yield break;
        }

        if (old.IsIdentity && TypeFamily.Of(change.Type) != "number")
        {
            yield return statement.Error(
                DiagnosticCodes.NoCast,
                $"Identity column {name} can't become {change.Type}, so the statement always fails (SQLSTATE 22023). Drop the identity "
                + "first: ALTER COLUMN … DROP IDENTITY.");
            yield break;
        }

        if (IsRefused(old, change))
        {
            yield return NoCast(change, old, statement, table);
            yield break;
        }

        var effect = TypeChange.Of(old.Type, change.Type);
        if (Migration.Input.EnumTexts.Contains(name) && TypeFamily.Of(old.Type) == "number" && TypeFamily.Of(change.Type) == "text")
        {
            yield return statement.Error(
                DiagnosticCodes.EnumAsDigits,
                $"Column {name} becomes {change.Type}. Existing rows then contain numbers such as '1', but the application expects names. "
                + $"Convert the values with a USING clause. {Rewrites}.");
        }
        else if (effect.IsLossy && change.Using is null)
        {
            yield return statement.Error(
                DiagnosticCodes.LossyTypeChange,
                $"Column {name} changes from {old.Type} to {change.Type}. Values that don't fit are rounded or cut off, or the statement "
                + $"fails on them. {Rewrites}.");
        }
        else if (effect.Work == TypeChangeWork.Rewrite || (change.Using is not null && effect.Work != TypeChangeWork.None))
        {
            yield return statement.Error(
                DiagnosticCodes.TypeChangeRewrites,
                $"Column {name} changes from {old.Type} to {change.Type}. {Rewrites}.");
        }
        else if (Dependents(change, effect.Work, old, table) is { Length: > 0 } dependents)
        {
            yield return statement.Warning(
                DiagnosticCodes.TypeChangeRewrites,
                $"Column {name} changes from {old.Type} to {change.Type}. The table isn't rewritten, but {dependents}, under "
                + $"{Locks.Text(TableLock.AccessExclusive)} on it.");
        }
    }

    private static LintFinding NoCast(ChangeType change, ColumnDefinition old, LintStatement statement, KnownTable table) =>
        statement.Error(
            DiagnosticCodes.NoCast,
            $"The type of column {table.Column(change.Column)} can't change from {old.Type} to {change.Type}: PostgreSQL has no cast for "
            + "it, so the statement always fails (SQLSTATE 42804). Write the conversion with USING, or add a new column.");

    /// <summary>What is built or checked again because of the column, as the end of a sentence.</summary>
    private static string Dependents(ChangeType change, TypeChangeWork work, ColumnDefinition old, KnownTable table)
    {
        var parts = new List<string>();
        var hasNewCollation = change.Collation is not null && change.Collation != old.Collation;
        var indexes = table.Indexes.Where(index => index.Columns.Contains(change.Column)).Select(index => $"index {index.Index}").ToList();
        indexes.AddRange(table.Constraints
            .Where(constraint => constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique
                && constraint.Columns.Contains(change.Column))
            .Select(constraint => constraint.Name is { } key ? $"index {ObjectName.Quote(key)}" : "the index of the key"));
        if ((work == TypeChangeWork.Indexes || hasNewCollation) && indexes.Count > 0)
            parts.Add($"{string.Join(" and ", indexes)} {(indexes.Count == 1 ? "is" : "are")} rebuilt");
        var isChecked = old.Type != change.Type && table.Constraints.Exists(constraint =>
            constraint.Kind == ConstraintKind.Check && constraint.Condition.Contains(change.Column));
        if (isChecked)
            parts.Add("its check constraints are checked again on all rows");
        return string.Join(", and ", parts);
    }
}
