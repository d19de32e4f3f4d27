using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Columns that become required, or optional: MIG2204, MIG2401.</summary>
internal sealed class Nullability(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        // PostgreSQL 18: ADD CONSTRAINT … NOT NULL.
        if (action is AddConstraint { Constraint: { Kind: ConstraintKind.NotNull, IsNotValid: false } constraint })
            action = new ChangeNullability(constraint.Columns[0], IsRequired: true);
        if (action is not ChangeNullability change || table.IsNew)
            yield break;
        var name = table.Column(change.Column);
        if (!change.IsRequired)
        {
            if (!table.IsNewColumn(change.Column))
            {
                yield return statement.Message(
                    DiagnosticCodes.BreaksRunningVersion,
                    $"Column {name} may contain nulls. A running version of the application that expects a value fails when it reads one.");
            }
        }
        else if (!table.IsRequired(change.Column) && !IsChecked(change.Column, table))
        {
            yield return statement.Warning(
                DiagnosticCodes.NullsInRows,
                $"Column {name} becomes required. The statement fails if a row contains a null (SQLSTATE 23502), and reads the whole table "
                + $"under {Locks.Text(TableLock.AccessExclusive)}.");
        }
    }

    /// <summary>Whether the migration validates a check of an earlier one that makes the scan unnecessary.</summary>
    private bool IsChecked(string column, KnownTable table) => Migration.Actions<ValidateConstraint>().Any(
        validate => validate.Table == table.Name
            && Added(validate.Action.Constraint, table) is { } constraint && KnownTable.Requires(constraint, column));

    /// <summary>A constraint that an earlier migration has added.</summary>
    private ConstraintDefinition? Added(string name, KnownTable table) => Migration.Earlier
        .OfType<AlterTable>()
        .Where(alter => alter.Table == table.Name)
        .SelectMany(alter => alter.Actions.OfType<AddConstraint>())
        .Select(add => add.Constraint)
        .FirstOrDefault(constraint => constraint.Name == name);
}
