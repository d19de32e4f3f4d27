using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Tables and columns that are dropped with their data: MIG2101, MIG2102, MIG2103, MIG2104.</summary>
internal sealed class DroppedData(LintedMigration migration) : LintRule(migration)
{
    private readonly RenameCandidates _candidates = new(migration);

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        if (statement.Meaning is not DropObjects { Kind: "TABLE" } drop)
            return base.Check(statement, schema);
        return drop.Names.Select(schema.Table).Where(table => !table.IsNew).SelectMany(table => Migration.Rebuilds.Of(table.Name) is null
            ? [OfTable(table, statement)]
            : Migration.Rebuilds.Dropped(table).Select(column => OfColumn(column, statement, table)));
    }

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        if (action is DropColumn drop && !table.IsNewColumn(drop.Column))
            yield return OfColumn(drop.Column, statement, table);
    }

    private LintFinding OfTable(KnownTable table, LintStatement statement)
    {
        if (_candidates.Of(table) is { } created)
        {
            return statement.Error(
                DiagnosticCodes.DropAndAdd,
                $"Table {table.Name} is dropped with all its rows, and {created} is created with mostly the same columns. A rename would "
                + "keep the rows.")
                with
            {
                Rename = RenameAnswer.Of("If the table was renamed", table.Name, created),
            };
        }

        var referenced = table.Constraints
            .Select(constraint => constraint.References)
            .OfType<ObjectName>()
            .Where(name => name != table.Name)
            .Distinct()
            .ToList();
        var also = referenced.Count == 0 ? "" : $" and on the tables that it references: {string.Join(", ", referenced)}";
        var takes = IsPostgreSql
            ? $" The statement takes {Locks.Text(TableLock.AccessExclusive)} on it{also}."
            : "";
        return statement.Error(DiagnosticCodes.TableDropped, $"Table {table.Name} is dropped with all its rows.{takes}");
    }

    private LintFinding OfColumn(string column, LintStatement statement, KnownTable table)
    {
        var name = table.Column(column);
        var match = _candidates.Of(table, column);
        if (match is { IsSameName: true })
        {
            if (match.Value.Column.IsComputed && table.Find(column) is { Definition.IsComputed: true })
            {
                return statement.Warning(
                    DiagnosticCodes.ColumnReplaced,
                    $"The computed column {name} is dropped and added again, so PostgreSQL computes the values of all rows under "
                    + $"{Locks.Text(TableLock.AccessExclusive)}.");
            }

            var instead = match.Value.Column is { IsComputed: true }
                ? "Existing values can't be kept in a computed column: add a new column instead"
                : table.Find(column) is { Definition.IsComputed: true }
                ? "To keep its values, use ALTER COLUMN … DROP EXPRESSION instead"
                : "To keep its values, change the column instead";
            return statement.Error(
                DiagnosticCodes.ColumnReplaced,
                $"Column {name} is dropped with all its values, and added again. {instead}.");
        }

        if (match is { } other)
        {
            var isMoved = other.Table != table.Name;
            return statement.Error(
                DiagnosticCodes.DropAndAdd,
                isMoved
                    ? $"Column {name} is dropped with all its values, and {other} is added. If the column was moved, copy its values "
                        + "before it is dropped: Sql(\"UPDATE … FROM …\")."
                    : $"Column {name} is dropped with all its values, and {other} is added. A rename would keep the values.")
                with
            {
                Rename = isMoved ? null : RenameAnswer.Of("If the column was renamed", table.Name, column, other.Column.Name),
            };
        }

        return statement.Error(
            DiagnosticCodes.ColumnDropped,
            $"Column {name} is dropped with all its values. A version of the application that still uses it fails.");
    }
}
