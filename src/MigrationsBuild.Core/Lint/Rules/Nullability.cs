using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Columns that become required, or optional: MIG2204, MIG2401.</summary>
internal sealed class Nullability(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
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
        else if (table.Find(change.Column) is not { Definition.IsRequired: true } && !IsChecked(change.Column, table))
        {
            yield return statement.Warning(
                DiagnosticCodes.NullsInRows,
                $"Column {name} becomes required. The statement fails if a row contains a null (SQLSTATE 23502), and reads the whole table "
                + $"under {Locks.Text(TableLock.AccessExclusive)}.");
        }
    }

    /// <summary>Whether a validated check makes the scan unnecessary, as in PostgreSQL 12 and later.</summary>
    private bool IsChecked(string column, KnownTable table) =>
        table.Constraints.Exists(constraint => !constraint.IsNotValid && Requires(constraint, column))
        || Migration.Actions<ValidateConstraint>().Any(validate => validate.Table == table.Name
            && Added(validate.Action.Constraint, table) is { } constraint && Requires(constraint, column));

    /// <summary>A constraint that an earlier migration has added.</summary>
    private ConstraintDefinition? Added(string name, KnownTable table) => Migration.Earlier
        .OfType<AlterTable>()
        .Where(alter => alter.Table == table.Name)
        .SelectMany(alter => alter.Actions.OfType<AddConstraint>())
        .Select(add => add.Constraint)
        .FirstOrDefault(constraint => constraint.Name == name);

    private static bool Requires(ConstraintDefinition constraint, string column) => constraint.Kind switch
    {
        ConstraintKind.NotNull => constraint.Columns.Contains(column),
        ConstraintKind.Check => constraint.Condition.Trim('(', ')') is var condition
            && condition.EndsWith(" IS NOT NULL", StringComparison.OrdinalIgnoreCase)
            && ObjectName.Parse(condition.Substring(0, condition.Length - " IS NOT NULL".Length)).Name == column,
        _ => false,
    };
}
