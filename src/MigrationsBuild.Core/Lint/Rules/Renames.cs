using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Renames: MIG2105, MIG2401.</summary>
internal sealed class Renames(LintedMigration migration) : LintRule(migration)
{
    /// <summary>Names that are less similar than this have no word in common.</summary>
    private const double Unlike = 0.25;

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        if (statement.Meaning is RenameObject { Kind: "SCHEMA" } rename)
        {
            return [Breaks($"Schema {rename.Name} is renamed to {rename.NewName}", statement)];
        }

        return base.Check(statement, schema);
    }

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        switch (action)
        {
            case RenameColumn rename when !table.IsNewColumn(rename.Column):
                if (Doubt(rename, statement, table) is { } doubt)
                    yield return doubt;
                else if (!IsAddedBack(rename.Column, table))
                    yield return Breaks(Text(rename, table), statement);
                break;
            case RenameTable rename when !table.IsNew && !TableRebuilds.IsCopy(table.Name) && !HasView(table.Name):
                yield return Breaks($"Table {table.Name} is renamed to {rename.NewName}", statement);
                break;
            default:
                break;
        }
    }

    private static LintFinding Breaks(string what, LintStatement statement) => statement.Warning(
        DiagnosticCodes.BreaksRunningVersion, $"{what}. The running version of the application still uses the old name, and fails.");

    private static string Text(RenameColumn rename, KnownTable table) =>
        $"Column {table.Column(rename.Column)} is renamed to {ObjectName.Quote(rename.NewName)}";

    /// <summary>The type of a column before all renames; <see langword="null"/> if it isn't known.</summary>
    private string? TypeOf(string column, KnownTable table) => Migration.Before.Find(table.Name)?.Find(column)?.Definition.Type;

    private LintFinding? Doubt(RenameColumn rename, LintStatement statement, KnownTable table)
    {
        var type = TypeOf(rename.Column, table);
        var others = Migration.Actions<RenameColumn>()
            .Where(other => other.Table == table.Name && other.Action != rename && !table.IsNewColumn(other.Action.Column))
            .Where(other => type is null || (TypeOf(other.Action.Column, table) ?? type) == type)
            .Select(other => other.Action)
            .ToList();
        if (others.Count > 0)
        {
            return statement.Error(
                DiagnosticCodes.DoubtfulRename,
                $"{Text(rename, table)}, and {string.Join(", ", others.Select(other => ObjectName.Quote(other.Column)))} as well. "
                + "EF Core pairs removed and added columns by their type, so values may end up in the wrong column. Check the new name of "
                + "each column.")
                with
            {
                Rename = others.Count > 1 ? null : new RenameAnswer(
                    "If the names are exchanged",
                    RenameAnswer.ValueOf(table.Name, rename.Column, others[0].NewName) + " "
                    + RenameAnswer.ValueOf(table.Name, others[0].Column, rename.NewName)),
            };
        }

        if (ChangesPrincipal(rename, table) is { } principal)
        {
            return statement.Error(
                DiagnosticCodes.DoubtfulRename,
                $"{Text(rename, table)}, and its foreign key then references {principal}. The column keeps the keys of the "
                + "table that it referenced before.");
        }

        return NameSimilarity.Of(rename.Column, rename.NewName) >= Unlike
            ? null
            : statement.Warning(
                DiagnosticCodes.DoubtfulRename,
                $"{Text(rename, table)} and keeps its values. The names are not similar. EF Core drafts a rename for any removed and added "
                + "column of the same type.")
                with
            {
                Rename = RenameAnswer.Of("If the column was not renamed", table.Name, rename.Column, ""),
            };
    }

    /// <summary>The table that a foreign key on the column references after the migration, if it is another one than before.</summary>
    private ObjectName? ChangesPrincipal(RenameColumn rename, KnownTable table)
    {
        var before = Migration.Before.Find(table.Name)?.Constraints
            .Find(constraint => constraint.References is not null && constraint.Columns.SequenceEqual([rename.Column]))?.References;
        var after = Migration.Actions<AddConstraint>()
            .Where(add => add.Table == table.Name && add.Action.Constraint.Columns.SequenceEqual([rename.NewName]))
            .Select(add => add.Action.Constraint.References)
            .FirstOrDefault(references => references is not null);
        return before is not null && after is not null && before != after ? after : null;
    }

    private bool IsAddedBack(string column, KnownTable table) => Migration.Actions<AddColumn>()
        .Any(added => added.Table == table.Name && added.Action.Column.Name == column);

    private bool HasView(ObjectName name) => Migration.All<CreateView>().Any(view => view.Meaning.View == name);
}
