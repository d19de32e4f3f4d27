using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Finishes an interrupted ALTER TABLE … DETACH PARTITION … CONCURRENTLY, which leaves the partition pending. PostgreSQL then refuses the
/// statement itself.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="command">The statement.</param>
/// <param name="setUp">The statements by which the migration has set up the session for it, and with it the search path.</param>
internal sealed class PendingDetach(PostgreSqlSession session, SqlCommand command, IReadOnlyList<SqlCommand> setUp)
{
    private readonly (ObjectName Table, ObjectName Partition)? _detached = PostgreSqlStatements.Detached(command);

    /// <summary>Detaches the partition if an earlier attempt at the statement has left it pending.</summary>
    /// <returns>A sentence for people; <see langword="null"/> if it isn't pending.</returns>
    public async Task<string?> FinishAsync(CancellationToken cancellation)
    {
        if (_detached is not var (table, partition) || await ReadStateAsync(table, partition, cancellation) != "pending")
            return null;
        await session.ExecuteAsync($"ALTER TABLE {table.Written} DETACH PARTITION {partition.Written} FINALIZE", cancellation);
        return $"finished detaching partition {partition}, which a failed run had started";
    }

    /// <summary>Whether the statement detaches a partition concurrently, and it is detached.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancellation) =>
        _detached is var (table, partition) && await ReadStateAsync(table, partition, cancellation) == "detached";

    /// <summary>The state of the partition; <see langword="null"/> if one of the two tables doesn't exist.</summary>
    private async Task<string?> ReadStateAsync(ObjectName table, ObjectName partition, CancellationToken cancellation)
    {
        await session.SetUpAsync(command, setUp, cancellation);
        // PostgreSQL 13 has no column inhdetachpending.
        var query = SqlCommand.Own(
            """
            SELECT CASE
                WHEN h.inhrelid IS NULL THEN 'detached'
                WHEN pg_catalog.to_jsonb(h) OPERATOR(pg_catalog.->>) 'inhdetachpending' OPERATOR(pg_catalog.=) 'true' THEN 'pending'
                ELSE 'attached' END
            FROM (SELECT pg_catalog.to_regclass($1)::pg_catalog.oid AS parent, pg_catalog.to_regclass($2)::pg_catalog.oid AS child) t
            LEFT JOIN pg_catalog.pg_inherits h
                ON h.inhparent OPERATOR(pg_catalog.=) t.parent AND h.inhrelid OPERATOR(pg_catalog.=) t.child
            WHERE t.parent IS NOT NULL AND t.child IS NOT NULL
            """,
            table.Written,
            partition.Written);
        return (await session.QueryInUsersPathAsync(query, cancellation)) is [var row] ? row[0] : null;
    }
}
