using System.Security.Cryptography;
using System.Text;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Runner.Databases;

/// <content>How other runs are kept out.</content>
internal sealed partial class PostgreSqlDatabase
{
    public override async Task LockAsync(string context, Action<string> onWait, CancellationToken cancellation)
    {
        var key = LockKey(context);
        var deadline = DateTime.UtcNow + Settings.WaitTimeout;
        var told = false;

        // Polled, because a session that blocks in pg_advisory_lock deadlocks with CREATE INDEX CONCURRENTLY of the holder.
        while ((await QueryAsync($"SELECT pg_try_advisory_lock({key})::text", cancellation))[0][0] != "true")
        {
            if (await HolderAsync(key, cancellation) is { } holder)
            {
                if (!told)
                    onWait(PostgreSqlSession.Describe(holder, ShowsQueries));
                told = true;
                if (DateTime.UtcNow > deadline)
                {
                    throw new MigrationsException(
                        DiagnosticCodes.Locked,
                        FormattableString.Invariant($"Another run on these migrations didn't end within {Settings.WaitTimeout.TotalSeconds:0.###} s (DbWaitTimeout): {PostgreSqlSession.Describe(holder, ShowsQueries)}. If it is dead, end it: SELECT pg_terminate_backend({holder[0]})"));
                }
            }

            await Task.Delay(200, cancellation);
        }
    }

    /// <summary>Who has the lock; <see langword="null"/> if it has just been given back.</summary>
    private async Task<string?[]?> HolderAsync(long key, CancellationToken cancellation) => (await QueryAsync(
            $"""
            SELECT {PostgreSqlSession.Columns(since: "a.backend_start")}
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = {(uint)(key >> 32)}::bigint::oid AND l.objid = {(uint)key}::bigint::oid
            """,
            cancellation)).FirstOrDefault();

    private long LockKey(string context)
    {
        var text = string.Join("\0", "MigrationsBuild", Name, History.Schema, History.Name, context);
        return BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
