using MigrationsBuild.Diagnostics;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Indexes on tables with rows: MIG2202, MIG2203, MIG2303.</summary>
internal sealed class Indexes(LintedMigration migration) : LintRule(migration)
{
    private readonly UniqueRows _uniqueRows = new(migration);

    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        if (statement.Meaning is DropIndex { IsConcurrent: false } drop)
        {
            yield return statement.Message(
                DiagnosticCodes.IndexBlocksWrites,
                $"Index {string.Join(", ", drop.Indexes)} is dropped. The statement takes {Locks.Text(TableLock.AccessExclusive)} on its "
                + "table, for about 1 ms. DROP INDEX CONCURRENTLY blocks neither reads nor writes.");
        }

        if (statement.Meaning is not CreateIndex index || schema.Table(index.Table) is not { IsNew: false } table)
            yield break;
        var name = index.Index?.ToString() ?? "without a name";
        if (Migration.Violations.Violates(index, statement))
        {
            yield return statement.Error(
                DiagnosticCodes.DefaultViolatesConstraint,
                $"All existing rows of {table.Name} get the same value, so the unique index {name} can't be created on more than one row "
                + "(SQLSTATE 23505).");
            yield break;
        }

        if (index.IsUnique && _uniqueRows.MayViolate(index, table, statement))
        {
            yield return statement.Warning(
                DiagnosticCodes.UniqueOnRows,
                $"Creating the unique index {name} fails if two rows of {table.Name} have the same values (SQLSTATE 23505).");
        }

        if (!index.IsConcurrent)
        {
            yield return statement.Warning(
                DiagnosticCodes.IndexBlocksWrites,
                $"Index {name} is created under {Locks.Text(TableLock.Share)} on {table.Name}. Create it with CONCURRENTLY, in a migration "
                + "of its own.");
        }
    }
}
