using System.Security.Cryptography;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The session's advisory lock, which keeps other runs on the same history table out.</summary>
/// <param name="waitTimeout">How long to wait for it.</param>
/// <param name="showsQueries">Whether the description of the session that has it includes what that executes.</param>
internal sealed class AdvisoryLock(TimeSpan waitTimeout, bool showsQueries)
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(200);

    private long? _key;

    /// <summary>
    /// An expression that fails, by a division by zero, unless this session still has the lock. For the rest of the transaction the session
    /// has the lock a second time, which a migration that releases all locks of the session can't release.
    /// </summary>
    public string RequireExpression => _key is { } key
        ? $"1 OPERATOR(pg_catalog./) CASE WHEN NOT {Call("pg_try_advisory_xact_lock", key)} THEN 0 "
            + $"WHEN NOT {Call("pg_advisory_unlock", key)} THEN 0 WHEN {Call("pg_try_advisory_lock", key)} THEN 1 ELSE 0 END"
        : "NULL";

    /// <summary>
    /// An expression that takes the lock again if the migration has released it, before the transaction's own one ends.
    /// </summary>
    public string KeepExpression => _key is { } key
        ? $"CASE WHEN {Call("pg_advisory_unlock", key)} THEN {Call("pg_try_advisory_lock", key)} "
            + $"ELSE {Call("pg_try_advisory_lock", key)} END"
        : "NULL";

    /// <summary>Forgets the lock of a session that has ended.</summary>
    public void Forget() => _key = null;

    /// <summary>Waits until this session has the lock.</summary>
    /// <param name="session">The session.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="schema">The schema of the history table.</param>
    /// <param name="table">The history table. Contexts with the same one have the same lock, so a context that was renamed keeps
    /// it.</param>
    /// <param name="onWait">Gets a description of the run that has the lock.</param>
    /// <exception cref="MigrationsException">It waited too long.</exception>
    public async Task TakeAsync(
        PostgreSqlSession session, string database, string schema, string table, Action<string> onWait, CancellationToken cancellation)
    {
        var key = KeyOf(database, schema, table);
        var deadline = DateTime.UtcNow + waitTimeout;
        var isReported = false;

        // Polled, because a session that blocks in pg_advisory_lock deadlocks with a CREATE INDEX CONCURRENTLY of the other run.
        while ((await session.QueryAsync($"SELECT {Call("pg_try_advisory_lock", key)}::text", cancellation))[0][0] != "true")
        {
            var holder = await FindHolderAsync(session, key, cancellation);
            if (holder is not null && !isReported)
                onWait(holder.Description);
            isReported |= holder is not null;
            // The server may not show the session that has it.
            if (DateTime.UtcNow > deadline)
                throw WaitedTooLong(holder);
            await Task.Delay(_pollInterval, cancellation);
        }

        _key = key;
    }

    /// <summary>Takes the lock again if a statement outside a transaction has released it.</summary>
    public async Task<LockState> KeepAsync(PostgreSqlSession session, CancellationToken cancellation)
    {
        if (_key is not { } key)
            return LockState.Kept;
        // The transaction's lock bridges the moment between the two others.
        var state = (await session.QueryInUsersPathAsync(
            $"""
            SELECT CASE WHEN NOT {Call("pg_try_advisory_xact_lock", key)} THEN 'Lost'
                        WHEN {Call("pg_advisory_unlock", key)}
                            THEN CASE WHEN {Call("pg_try_advisory_lock", key)} THEN 'Kept' ELSE 'Lost' END
                        WHEN {Call("pg_try_advisory_lock", key)} THEN 'TakenAgain' ELSE 'Lost' END
            """,
            cancellation))[0][0]!;
        return Enum.Parse<LockState>(state);
    }

    private MigrationsException WaitedTooLong(LockHolder? holder) => new(
        DiagnosticCodes.Locked,
        FormattableString.Invariant($"Another run on these migrations didn't end within {waitTimeout.TotalSeconds:0.###} s")
        + (holder is null
            ? ", and the server doesn't show the blocking session. Run the command again later."
            : $": {holder.Description}. If it is dead, end it: {holder.End}."),
        Hint.Add("Or wait longer", "DbWaitTimeout", "<seconds>"));

    /// <summary>The session that has the lock; <see langword="null"/> if it has just released it, or the server doesn't show it.</summary>
    private async Task<LockHolder?> FindHolderAsync(PostgreSqlSession session, long key, CancellationToken cancellation)
    {
        var held = $"""
            l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = {(uint)(key >> 32)}::bigint::oid AND l.objid = {(uint)key}::bigint::oid
            """;
        var sessions = await session.QueryAsync(
            $"""
            SELECT {BlockingSession.Columns(since: "a.backend_start")}
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE {held}
            """,
            cancellation);
        return sessions is [var other, ..]
            ? new LockHolder(BlockingSession.Describe(other, showsQueries), $"SELECT pg_terminate_backend({other[0]})")
            : PreparedTransaction.Holder(await session.QueryAsync(PreparedTransaction.Query(held), cancellation));
    }

    private static long KeyOf(string database, string schema, string table)
    {
        var text = string.Join("\0", "MigrationsBuild", database, schema, table);
        return BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Call(string function, long key) => FormattableString.Invariant($"pg_catalog.{function}({key}::pg_catalog.int8)");
}
