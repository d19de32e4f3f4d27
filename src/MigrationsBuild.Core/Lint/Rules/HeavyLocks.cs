using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Statements that block a table for long: MIG2306.</summary>
internal sealed class HeavyLocks(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        switch (statement.Meaning)
        {
            case TableMaintenance { Lock: >= TableLock.Share } work:
                var what = $"{work.Command} {string.Join(", ", work.Subjects)}".TrimEnd();
                return [Heavy(statement, what, work.Lock, isLong: work.Command != "LOCK")];
            case CreateTrigger trigger when !schema.Table(trigger.Table).IsNew:
                return [Heavy(statement, $"CREATE TRIGGER on {trigger.Table}", TableLock.ShareRowExclusive, isLong: false)];
            default:
                return base.Check(statement, schema);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<LintFinding> Check(TableAction action, LintStatement statement, KnownTable table)
    {
        switch (action)
        {
            case RewriteTable rewrite when !table.IsNew:
                yield return Heavy(statement, $"{rewrite.Words} of {table.Name}", TableLock.AccessExclusive, isLong: true);
                break;
            case ChangePartition { Words: "DETACH PARTITION", IsConcurrent: false } when !table.IsNew:
                yield return Heavy(statement, $"DETACH PARTITION of {table.Name}", TableLock.AccessExclusive, isLong: false);
                break;
            default:
                break;
        }
    }

    private static LintFinding Heavy(LintStatement statement, string what, TableLock mode, bool isLong) => statement.Warning(
        DiagnosticCodes.HeavyLock,
        $"{what} takes {Locks.Text(mode)}{(isLong ? " until its work is done" : " until the transaction ends")}.");
}
