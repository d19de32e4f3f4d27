using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>Data that is lost when a migration is reverted: MIG2602. What the migration itself has added isn't reported.</summary>
/// <param name="migration">The migration.</param>
/// <param name="down">The statements that revert it.</param>
internal sealed class Reversal(LintedMigration migration, IReadOnlyList<LintStatement> down)
{
    private readonly HashSet<ObjectName> _droppedTables =
    [
        .. migration.All<DropObjects>().Where(drop => drop.Meaning.Kind == "TABLE").SelectMany(drop => drop.Meaning.Names),
    ];

    private readonly HashSet<(ObjectName Table, string Column)> _droppedColumns =
    [
        .. migration.Actions<DropColumn>().Select(drop => (drop.Table, drop.Action.Column)),
    ];

    /// <summary>The findings, at statements of the down file.</summary>
    public IEnumerable<LintFinding> Findings => down.SelectMany(statement => Texts(statement)
        .Select(text => statement.Message(DiagnosticCodes.DownLosesData, text) with { IsDown = true }));

    private IEnumerable<string> Texts(LintStatement statement) => statement.Meaning switch
    {
        CreateTable create when _droppedTables.Contains(create.Table) =>
            [$"A rollback creates table {create.Table} again without the rows that the migration deleted."],
        ChangeRows { IsDelete: false, Condition: { } where } change when where.EndsWith(" IS NULL", StringComparison.OrdinalIgnoreCase) =>
            [$"A rollback overwrites the nulls in {change.Table}.{string.Join(", ", change.Columns.Select(ObjectName.Quote))}."],
        AlterTable alter => alter.Actions.Select(action => Text(action, alter.Table)).OfType<string>(),
        _ => [],
    };

    private string? Text(TableAction action, ObjectName table) => action switch
    {
        AddColumn add when _droppedColumns.Contains((table, add.Column.Name)) =>
            $"A rollback adds column {table}.{ObjectName.Quote(add.Column.Name)} again without the values that the migration deleted.",
        ChangeType change when migration.After.Find(table)?.Find(change.Column)?.Definition is { } column
            && TypeChange.Of(column.Type, change.Type).IsLossy =>
            $"A rollback changes column {table}.{ObjectName.Quote(change.Column)} back from {column.Type} to {change.Type}. Values that "
            + "don't fit are rounded or cut off, or the statement fails on them.",
        _ => null,
    };
}
