using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Changes of a column's type or collation: MIG2106, MIG2205, MIG2209, MIG2302.</summary>
internal sealed class TypeChanges(LintedMigration migration) : LintRule(migration)
{
    private const string Rewrites =
        "PostgreSQL rewrites the table and all of its indexes under an ACCESS EXCLUSIVE lock (blocks reads and writes)";

    /// <summary>The work of a type change on its table. An unknown type counts as the worst case.</summary>
    /// <param name="change">The change.</param>
    /// <param name="table">The table before the statement.</param>
    public static TableWork WorkOf(ChangeType change, KnownTable table)
    {
        if (table.Find(change.Column)?.Definition is not { } old)
            return TableWork.Rewrites;
        var work = TypeChange.Of(old.Type, change.Type).Work;
        if (IsRewrite(change, work))
            return TableWork.Rewrites;
        if (RebuiltIndexes(change, work, old, table).Count > 0)
            return TableWork.BuildsIndex;
        return IsCheckedAgain(change, old, table) ? TableWork.ReadsRows : TableWork.None;
    }

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
        else if (IsRewrite(change, effect.Work))
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
        if (RebuiltIndexes(change, work, old, table) is { Count: > 0 } indexes)
            parts.Add($"{string.Join(" and ", indexes)} {(indexes.Count == 1 ? "is" : "are")} rebuilt");
        if (IsCheckedAgain(change, old, table))
            parts.Add("its check constraints are checked again on all rows");
        return string.Join(", and ", parts);
    }

    private static bool IsRewrite(ChangeType change, TypeChangeWork work) => work == TypeChangeWork.Rewrite
        || (change.Using is { } conversion && (work == TypeChangeWork.Refused || !IsPlain(conversion, change)));

    /// <summary>Whether an expression is the column itself, with or without a cast to the new type. Then it changes nothing.</summary>
    private static bool IsPlain(string conversion, ChangeType change)
    {
        var text = conversion.Trim('(', ')');
        var cast = text.IndexOf("::", StringComparison.Ordinal);
        var column = cast < 0 ? text : text.Substring(0, cast);
        return (column == ObjectName.Quote(change.Column) || column == SqlText.Quote(change.Column))
            && (cast < 0 || PostgreSqlCasts.NameOf(text.Substring(cast + 2)) == PostgreSqlCasts.NameOf(change.Type));
    }

    private static List<string> RebuiltIndexes(ChangeType change, TypeChangeWork work, ColumnDefinition old, KnownTable table)
    {
        var hasNewCollation = change.Collation is not null && change.Collation != old.Collation;
        var indexes = table.Indexes.Where(index => Uses(index, change.Column)).ToList();
        // PostgreSQL keeps an index only if it has neither expressions nor a condition (CheckIndexCompatible).
        if (work != TypeChangeWork.Indexes && !hasNewCollation)
        {
            return old.Type == change.Type ? []
                : [.. indexes.Where(index => index.Condition.Length > 0 || index.Columns.Any(IsExpression)).Select(NameOf)];
        }

        var keys = table.Constraints
            .Where(constraint => constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique
                && constraint.Columns.Contains(change.Column))
            .Select(constraint => constraint.Name is { } key ? $"index {ObjectName.Quote(key)}" : "the index of the key");
        return [.. indexes.Select(NameOf), .. keys];
    }

    private static string NameOf(CreateIndex index) => $"index {index.Index}";

    private static bool IsExpression(string column) => column.Contains('(');

    private static bool Uses(CreateIndex index, string column) =>
        index.Columns.Contains(column) || index.Columns.Where(IsExpression).Append(index.Condition).Any(text => Mentions(text, column));

    /// <summary>Whether an expression may mention a column.</summary>
    private static bool Mentions(string expression, string column) => expression.Contains(column);

    private static bool IsCheckedAgain(ChangeType change, ColumnDefinition old, KnownTable table) => old.Type != change.Type
        && table.Constraints.Exists(constraint => constraint.Kind == ConstraintKind.Check && Mentions(constraint.Condition, change.Column));
}
