using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The session or transaction that has a lock.</summary>
/// <param name="Description">The session or transaction in words.</param>
/// <param name="End">The statement that ends it.</param>
internal sealed record LockHolder(string Description, string End);

/// <summary>
/// A transaction of <c>PREPARE TRANSACTION</c> has locks and no process: it outlives its session, and a restart of the server, until
/// a session commits it or rolls it back.
/// </summary>
internal static class PreparedTransaction
{
    /// <summary>The prepared transactions that hold certain locks.</summary>
    /// <param name="held">A condition on <c>pg_locks l</c>.</param>
    public static SqlCommand Query(string held) =>
        $"""
        SELECT p.gid, p.owner::text, to_char(p.prepared, 'YYYY-MM-DD HH24:MI:SS TZ'),
               extract(epoch FROM clock_timestamp() - p.prepared)::bigint::text
        FROM pg_locks l
        JOIN pg_locks own ON own.pid IS NULL AND own.locktype = 'transactionid' AND own.virtualtransaction = l.virtualtransaction
        JOIN pg_prepared_xacts p ON p.transaction = own.transactionid
        WHERE l.pid IS NULL AND {held}
        """;

    /// <summary>A condition for <see cref="Query"/>: locks for which a session waits.</summary>
    /// <param name="backend">The server's process of the session.</param>
    public static string Blocks(string backend) =>
        $"""
        l.granted AND EXISTS (
            SELECT FROM pg_locks w WHERE w.pid = {backend} AND NOT w.granted
              AND (w.locktype, w.database, w.relation, w.page, w.tuple, w.transactionid, w.classid, w.objid, w.objsubid)
                  IS NOT DISTINCT FROM
                  (l.locktype, l.database, l.relation, l.page, l.tuple, l.transactionid, l.classid, l.objid, l.objsubid))
        """;

    /// <summary>The first one; <see langword="null"/> if there is none.</summary>
    /// <param name="rows">The rows of <see cref="Query"/>.</param>
    public static LockHolder? Holder(IReadOnlyList<string?[]> rows) => rows is [var row, ..]
        ? new(
            $"the prepared transaction {SqlText.Literal(row[0]!)}, user {row[1]}, since {row[2]} ({row[3]} s)",
            $"ROLLBACK PREPARED {SqlText.Literal(row[0]!)}")
        : null;
}
