using System.Security.Cryptography;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>How other runs are kept out.</content>
internal sealed partial class PostgreSqlDatabase
{
    private long? _lock;

    /// <summary>
    /// Fails, by a division by zero, unless this session still has the lock. For the rest of the transaction it has the lock a second
    /// time, which a migration that releases all locks of the session can't release.
    /// </summary>
    private string RequireLock => _lock is { } key
        ? $"1 OPERATOR(pg_catalog./) CASE WHEN NOT {Function("pg_try_advisory_xact_lock", key)} THEN 0 WHEN NOT {Function("pg_advisory_unlock", key)} THEN 0 WHEN {Function("pg_try_advisory_lock", key)} THEN 1 ELSE 0 END"
        : "NULL";

    /// <summary>Takes the lock again if the migration has released it, before the transaction's own one ends.</summary>
    private string KeepLock => _lock is { } key
        ? $"CASE WHEN {Function("pg_advisory_unlock", key)} THEN {Function("pg_try_advisory_lock", key)} ELSE {Function("pg_try_advisory_lock", key)} END"
        : "NULL";

    public override async Task<LockState> KeepLockAsync(CancellationToken cancellation)
    {
        if (_lock is not { } key)
            return LockState.Kept;
        // The transaction's lock bridges the moment between the two others.
        var state = (await QueryInUsersPathAsync(
            $"""
            SELECT CASE WHEN NOT {Function("pg_try_advisory_xact_lock", key)} THEN 'Lost'
                        WHEN {Function("pg_advisory_unlock", key)} THEN CASE WHEN {Function("pg_try_advisory_lock", key)} THEN 'Kept' ELSE 'Lost' END
                        WHEN {Function("pg_try_advisory_lock", key)} THEN 'TakenAgain' ELSE 'Lost' END
            """,
            cancellation))[0][0]!;
        return Enum.Parse<LockState>(state);
    }

    public override async Task LockAsync(Action<string> onWait, CancellationToken cancellation)
    {
        var key = LockKey();
        var deadline = DateTime.UtcNow + Settings.WaitTimeout;
        var told = false;

        // Polled, because a session that blocks in pg_advisory_lock deadlocks with CREATE INDEX CONCURRENTLY of the holder.
        while ((await QueryAsync($"SELECT {Function("pg_try_advisory_lock", key)}::text", cancellation))[0][0] != "true")
        {
            var holder = await HolderAsync(key, cancellation);
            if (holder is not null && !told)
                onWait(holder.Description);
            told |= holder is not null;
            // Whoever has it may not be visible.
            if (DateTime.UtcNow > deadline)
                throw WaitedTooLong(holder);
            await Task.Delay(200, cancellation);
        }

        _lock = key;
    }

    private MigrationsException WaitedTooLong(LockHolder? holder) => new(
        DiagnosticCodes.Locked,
        FormattableString.Invariant($"Another run on these migrations didn't end within {Settings.WaitTimeout.TotalSeconds:0.###} s")
        + (holder is null
            ? ", and the server doesn't show the blocking session. Run the command again later."
            : $": {holder.Description}. If it is dead, end it: {holder.End}."),
        Hint.Add("Or wait longer", "DbWaitTimeout", "<seconds>"));

    /// <summary>Who has the lock; <see langword="null"/> if it has just been given back, or nothing shows who has it.</summary>
    private async Task<LockHolder?> HolderAsync(long key, CancellationToken cancellation)
    {
        var held = $"""
            l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = {(uint)(key >> 32)}::bigint::oid AND l.objid = {(uint)key}::bigint::oid
            """;
        var sessions = await QueryAsync(
            $"SELECT {BlockingSession.Columns(since: "a.backend_start")} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE {held}", cancellation);
        return sessions is [var session, ..]
            ? new LockHolder(BlockingSession.Describe(session, ShowsQueries), $"SELECT pg_terminate_backend({session[0]})")
            : PreparedTransaction.Holder(await QueryAsync(PreparedTransaction.Query(held), cancellation));
    }

    /// <summary>One run for each history table, whatever its context is called: a context that was renamed is the same one.</summary>
    private long LockKey()
    {
        var text = string.Join("\0", "MigrationsBuild", Name, _schema, History.Name);
        return BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Function(string name, long key) => FormattableString.Invariant($"pg_catalog.{name}({key}::pg_catalog.int8)");
}
