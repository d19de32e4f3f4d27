using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Constraints on tables with rows: MIG2202, MIG2203, MIG2304, MIG2305.</summary>
internal sealed class Constraints(LintedMigration migration) : LintRule(migration)
{
    private readonly UniqueRows _uniqueRows = new(migration);

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema) =>
        statement.Meaning is ConstrainDomain { Constraint.IsNotValid: false } domain
            ? [statement.Warning(
                DiagnosticCodes.ValidationBlocksWrites,
                $"The new constraint of domain {domain.Domain} is checked on all rows of all tables that use it, under "
                + $"{Locks.Text(TableLock.Share)}.")]
            : base.Check(statement, schema);

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        if (table.IsNew)
            return [];
        return action switch
        {
            AddConstraint add => OfConstraint(add.Constraint, statement, table),
            AddColumn add => add.Column.Constraints.SelectMany(constraint => OfConstraint(constraint, statement, table)),
            ValidateConstraint validate when Migration.Violations.Violated(validate, table.Name, statement) is { } constraint =>
                [Violated("validating", constraint, statement, table)],
            ValidateConstraint validate when IsAddedInTransaction(validate, statement, table) =>
            [
                statement.Warning(
                    DiagnosticCodes.ValidationBlocksWrites,
                    $"Constraint {ObjectName.Quote(validate.Constraint)} is validated in the transaction that adds it, so the lock of the "
                    + $"first statement on {table.Name} is held until all rows are read. Validate it in a later transaction."),
            ],
            _ => [],
        };
    }

    private bool IsAddedInTransaction(ValidateConstraint validate, LintStatement statement, KnownTable table) =>
        Migration.Added(validate, table.Name).Any(added => added.Statement.Transaction == statement.Transaction);

    private IEnumerable<LintFinding> OfConstraint(ConstraintDefinition constraint, LintStatement statement, KnownTable table)
    {
        var name = NameOf(constraint);
        if (Migration.Violations.Violates(constraint, table.Name, statement))
        {
            yield return Violated("adding", constraint, statement, table);
            yield break;
        }

        switch (constraint.Kind)
        {
            case ConstraintKind.ForeignKey or ConstraintKind.Check when !constraint.IsNotValid:
                yield return Validated(constraint, name, statement, table);
                break;
            case ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.Exclude when !constraint.UsesIndex:
                yield return statement.Warning(
                    DiagnosticCodes.KeyBuildsIndex,
                    $"Adding {Noun(constraint.Kind)}{name} builds an index on {table.Name} under {Locks.Text(TableLock.AccessExclusive)}.");
                if (constraint.Kind == ConstraintKind.Unique && _uniqueRows.MayViolate(constraint, table, statement))
                {
                    yield return statement.Warning(
                        DiagnosticCodes.UniqueOnRows,
                        $"Adding the unique constraint{name} fails if two rows of {table.Name} have the same values (SQLSTATE 23505).");
                }

                break;
            default:
                break;
        }
    }

    private static string NameOf(ConstraintDefinition constraint) => constraint.Name is { } name ? $" {ObjectName.Quote(name)}" : "";

    private static LintFinding Violated(string verb, ConstraintDefinition constraint, LintStatement statement, KnownTable table) =>
        statement.Error(
            DiagnosticCodes.DefaultViolatesConstraint,
            $"All existing rows of {table.Name} get the same value, so {verb} the "
            + (constraint.Kind == ConstraintKind.ForeignKey
                ? $"foreign key{NameOf(constraint)} fails unless {constraint.References} has a row with this key (SQLSTATE 23503)."
                : $"{Noun(constraint.Kind)}{NameOf(constraint)} fails if there is more than one row (SQLSTATE 23505)."));

    private static LintFinding Validated(ConstraintDefinition constraint, string name, LintStatement statement, KnownTable table)
    {
        var isForeign = constraint.Kind == ConstraintKind.ForeignKey;
        var on = isForeign && constraint.References != table.Name ? $"{table.Name} and {constraint.References}" : table.Name.ToString();
        return statement.Warning(
            DiagnosticCodes.ValidationBlocksWrites,
            $"{(isForeign ? "Foreign key" : "Check constraint")}{name} is checked on all rows under "
            + $"{Locks.Text(isForeign ? TableLock.ShareRowExclusive : TableLock.AccessExclusive)} on {on}. Add it with NOT VALID, and "
            + "validate it in a later transaction.");
    }

    private static string Noun(ConstraintKind kind) => kind switch
    {
        ConstraintKind.PrimaryKey => "primary key",
        ConstraintKind.Unique => "unique constraint",
        _ => "exclusion constraint",
    };
}
