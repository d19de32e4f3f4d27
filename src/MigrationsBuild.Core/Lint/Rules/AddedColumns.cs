using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Columns that are added to a table with rows: MIG2201, MIG2208, MIG2301.</summary>
internal sealed class AddedColumns(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        if (statement.Meaning is not AlterTable alter || schema.Table(alter.Table) is not { IsNew: false } table)
            yield break;
        foreach (var action in alter.Actions)
        {
            if (action is AddColumn { Column: var column })
            {
                if (IsReplacement(column, table))
                    continue;
                foreach (var finding in Of(column, statement, table, schema))
                    yield return finding;
            }
            else if (action is ChangeDefault { Default: { } value } change && Invented(change.Column, value, table) is { } invented)
            {
                yield return Finding(invented, value, statement, table.Column(change.Column));
            }
        }
    }

    private IEnumerable<LintFinding> Of(ColumnDefinition column, LintStatement statement, KnownTable table, KnownSchema schema)
    {
        var name = table.Column(column.Name);
        if (column is { IsRequired: true, HasValue: false })
        {
            yield return statement.Error(
                DiagnosticCodes.RequiredWithoutDefault,
                IsPostgreSql
                    ? $"Column {name} is required and has no default, so the statement fails if the table has rows (SQLSTATE 23502), and "
                        + "inserts of the running version fail."
                    : $"Column {name} is required and has no default, so the statement always fails.");
        }

        if (IsPostgreSql && ReasonToRewrite(column, schema) is { } because)
        {
            yield return statement.Error(
                DiagnosticCodes.AddColumnRewrites,
                $"Column {name} {because}, so PostgreSQL rewrites the table and all of its indexes under "
                + $"{Locks.Text(TableLock.AccessExclusive)}.");
        }

        if (column is { IsRequired: true, Default: { } value } && Invented(column.Name, value, table) is { } invented)
            yield return Finding(invented, value, statement, name);
    }

    /// <summary>Whether the column replaces one of the same name, which is a finding of its own (MIG2103).</summary>
    private bool IsReplacement(ColumnDefinition column, KnownTable table) => Migration.Actions<DropColumn>()
        .Any(dropped => dropped.Table == table.Name && dropped.Action.Column == column.Name);

    /// <summary>Why adding a column rewrites the table, as a verb with its object; <see langword="null"/> if it doesn't.</summary>
    /// <param name="column">The column.</param>
    /// <param name="schema">The tables and types before the statement.</param>
    public static string? ReasonToRewrite(ColumnDefinition column, KnownSchema schema)
    {
        if (column.IsIdentity || column.IsSerial)
            return "gets its values from a new sequence";
        if (column.IsStored)
            return "is computed and stored";
        if (schema.IsConstrained(column.Type))
            return "has a domain with a constraint as its type";
        return column.Default is { } value && DefaultExpression.VolatileFunction(value) is { } function
            ? $"has the default {function}(), which may give each row another value"
            : null;
    }

    /// <summary>The column in the model, if the model has no default for it and the value is one that EF Core chooses.</summary>
    private ColumnDefinition? Invented(string column, string value, KnownTable table) =>
        DefaultExpression.IsTypeDefault(value) && Migration.After.Find(table.Name)?.Find(column)?.Definition is { Default: null } known
            && !Migration.Violations.Concerns(table.Name, column)
            ? known
            : null;

    private LintFinding Finding(ColumnDefinition column, string value, LintStatement statement, string name)
    {
        if (Migration.Input.Discriminators.Contains(name))
        {
            return statement.Error(
                DiagnosticCodes.InventedDefault,
                $"Existing rows get {value} in the discriminator column {name}. No entity type has this value, so EF Core can't read these "
                + "rows. Use the value of their entity type as the default.");
        }

        return statement.Warning(
            DiagnosticCodes.InventedDefault,
            $"Existing rows get {value} in {ObjectName.Quote(column.Name)}. The model has no default for {name}, so EF Core uses the "
            + "default of the C# type. The database keeps this default.");
    }
}
