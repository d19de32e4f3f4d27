using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>Which statements PostgreSQL refuses in a transaction (SQLSTATE 25001).</summary>
public static class TransactionNeeds
{
    /// <summary>The command that PostgreSQL refuses in a transaction; <see langword="null"/> if a statement can run in one.</summary>
    /// <param name="statement">The statement.</param>
    public static string? Refused(Statement statement) => statement switch
    {
        CreateIndex { IsConcurrent: true } => "CREATE INDEX CONCURRENTLY",
        DropIndex { IsConcurrent: true } => "DROP INDEX CONCURRENTLY",
        TableMaintenance { EndsTransaction: true } work => work.Command,
        OtherStatement { EndsTransaction: true } other => other.Command,
        DropObjects { Kind: "DATABASE" or "TABLESPACE" } drop => $"DROP {drop.Kind}",
        AlterTable alter when alter.Actions.OfType<ChangePartition>().Any(action => action.IsConcurrent) => "DETACH PARTITION CONCURRENTLY",
        _ => null,
    };

    /// <summary>The text with the mark of <see cref="SqlScript.OutsideTransactionMark"/> above each statement that needs it.</summary>
    /// <param name="text">The statements, for example a script for psql.</param>
    /// <param name="dialect">The dialect of the SQL. Only PostgreSQL refuses statements in a transaction.</param>
    public static string Mark(string text, SqlDialect dialect)
    {
        if (dialect != SqlDialect.PostgreSql)
            return text;
        var parser = new StatementParser(dialect);
        foreach (var statement in SqlScript.Parse(text, dialect).Reverse())
        {
            if (!statement.OutsideTransaction && Refused(parser.Parse(statement.Text)) is not null)
                text = text.Insert(statement.Offset, SqlScript.OutsideTransactionMark + "\n");
        }

        return text;
    }
}
