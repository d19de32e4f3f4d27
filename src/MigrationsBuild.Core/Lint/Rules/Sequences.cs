using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Sequences that don't follow the values of their column: MIG2206.</summary>
internal sealed class Sequences(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema) =>
        statement.Meaning is DropObjects { Kind: "SEQUENCE" } drop
            ? drop.Names.Select(name => statement.Warning(
                DiagnosticCodes.SequenceBehind,
                $"Sequence {name} is dropped, and its current value is lost. If the sequence is created again, it starts at its first "
                + "value and generates numbers that rows already have."))
            : base.Check(statement, schema);

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        if (action is AddIdentity add && !table.IsNewColumn(add.Column) && !IsSet(add.Column, statement))
        {
            yield return statement.Error(
                DiagnosticCodes.SequenceBehind,
                $"Column {table.Column(add.Column)} gets its values from a new sequence that starts at 1, so the next inserts fail on rows "
                + "that already have these values (SQLSTATE 23505). Set the sequence with setval in the same migration.");
        }
    }

    private bool IsSet(string column, LintStatement statement) => Migration.Statements.Any(later =>
        later.Index > statement.Index && Names(later, "setval") && Names(later, column));

    private static bool Names(LintStatement statement, string name) =>
        statement.Source.Text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0;
}
