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
        var deadline = DateTime.UtcNow + _lockTimeout;
        var told = false;

        // Polled, because a session that blocks in pg_advisory_lock deadlocks with CREATE INDEX CONCURRENTLY of the holder.
        while ((await QueryAsync($"SELECT pg_try_advisory_lock({key})::text", cancellation))[0][0] != "true")
        {
            var holder = await HolderAsync(key, cancellation);
            if (!told)
                onWait(holder);
            told = true;
            if (DateTime.UtcNow > deadline)
            {
                throw new MigrationsException(
                    DiagnosticCodes.Locked, $"Another run on these migrations didn't end within {_lockTimeout.TotalMinutes:0} minutes: {holder}. If it is dead, end it: SELECT pg_terminate_backend(pid)");
            }

            await Task.Delay(200, cancellation);
        }
    }

    private async Task<string> HolderAsync(long key, CancellationToken cancellation)
    {
        var rows = await QueryAsync(
            $"""
            SELECT a.pid::text, a.usename::text, a.application_name, coalesce(a.client_addr::text, 'local'), to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = {(uint)(key >> 32)}::bigint::oid AND l.objid = {(uint)key}::bigint::oid
            """,
            cancellation);
        return rows is [var row, ..] ? $"pid {row[0]}, user {row[1]}, {row[2]}, from {row[3]}, since {row[4]}" : "it has just ended";
    }

    private long LockKey(string context)
    {
        var text = string.Join("\0", "MigrationsBuild", Name, History.Schema, History.Name, context);
        return BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
