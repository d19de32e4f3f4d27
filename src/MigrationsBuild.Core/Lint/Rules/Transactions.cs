using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint.Rules;

/// <summary>Statements that don't work in a transaction, or that can't be repeated outside one: MIG2501, MIG2502.</summary>
internal sealed class Transactions(LintedMigration migration) : LintRule(migration)
{
    /// <inheritdoc/>
    public override IEnumerable<LintFinding> Check(LintStatement statement, KnownSchema schema)
    {
        // Outside a transaction, a DO block may commit what it has done so far.
        var isBlock = statement.Source.OutsideTransaction && statement.Source.Words.Count > 0 && statement.Source.Words[0] == "DO";
        if (!isBlock && statement.Meaning is TransactionCommand { Command: not ("SAVEPOINT" or "RELEASE") } command)
        {
            yield return statement.Error(
                DiagnosticCodes.NotInTransaction,
                $"{command.Command} isn't allowed in a migration, because MigrationsBuild begins and ends its transaction. Remove the "
                + "statement.");
        }
        else if (!statement.Source.OutsideTransaction && TransactionNeeds.Refused(statement.Meaning) is { } what)
        {
            yield return statement.Error(
                DiagnosticCodes.NotInTransaction,
                $"{what} can't run in a transaction (SQLSTATE 25001). Run it outside: in C# with suppressTransaction: true, in SQL after "
                + $"the line \"{SqlScript.OutsideTransactionMark}\".");
        }

        if (statement.Source.OutsideTransaction && Migration.Statements.FirstOrDefault(IsInside) is not null)
        {
            yield return statement.Warning(
                DiagnosticCodes.NotRepeatable,
                "The statement runs outside a transaction, but other statements of the migration run in one. If the migration fails, the "
                + "committed statements remain, so EF Core can't repeat it. Put the statement into a migration of its own.");
        }

        if (statement.Meaning is CreateIndex { IsConcurrent: true, IfNotExists: true } index)
        {
            yield return statement.Warning(
                DiagnosticCodes.NotRepeatable,
                "If the statement fails, it leaves an invalid index. Because of IF NOT EXISTS, the next attempt creates nothing and "
                + $"succeeds. Drop the index first: DROP INDEX CONCURRENTLY IF EXISTS {index.Index}.");
        }
    }

    private static bool IsInside(LintStatement statement) => !statement.Source.OutsideTransaction;
}
