using System.Globalization;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// For whom a statement waits. Once it has given up nobody can tell, so it is watched from a second connection, which is only made when
/// a statement takes long.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    private static readonly TimeSpan _watchInterval = TimeSpan.FromSeconds(1);

    private string _told = "";
    private string _blockers = "";

    private TimeSpan WatchDelay => TimeSpan.FromMilliseconds(Math.Clamp(Settings.LockTimeout.TotalMilliseconds / 3, 30, 500));

    private async Task<T> WatchedAsync<T>(Func<Task<T>> work)
    {
        _blockers = "";
        using var end = new CancellationTokenSource();
        var watch = WatchAsync(end.Token);
        try
        {
            return await work();
        }
        finally
        {
            // At once: nobody waits for this but the watch, whose last step it is.
            end.Cancel();
            await watch;
        }
    }

    private async Task WatchAsync(CancellationToken end)
    {
        // Nearly every statement ends before; an exception for each would cost more than all the rest of this.
        await Task.Delay(WatchDelay, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (end.IsCancellationRequested)
            return;
        try
        {
            await using var connection = await _server.OpenSecondAsync(end);
            if (Settings.Role.Length > 0)
                await QueryElsewhereAsync(connection, SetRole, end);
            while (true)
            {
                await LookAsync(connection, end);
                await Task.Delay(_watchInterval < Settings.LockTimeout ? _watchInterval : WatchDelay, end);
            }
        }
        catch (Exception)
        {
            // The statement has ended, or there is no room for a second connection: then nobody is told.
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, CancellationToken end)
    {
        var backend = Connection.ProcessID.ToString(CultureInfo.InvariantCulture);
        var sessions = await QueryElsewhereAsync(connection, $"SELECT {BlockingSession.Columns()} FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids({backend}))", end);
        var holders = sessions.Count > 0
            ? string.Join("; ", sessions.Select(session => BlockingSession.Describe(session, ShowsQueries)))
            : PreparedTransaction.Holder(await QueryElsewhereAsync(connection, PreparedTransaction.Query(PreparedTransaction.Blocks(backend)), end))?.Description;
        if (holders is null)
            return;
        _blockers = holders;
        var told = sessions.Count > 0 ? string.Join(",", sessions.Select(session => session[0])) : holders[..holders.IndexOf(", since", StringComparison.Ordinal)];
        if (told == _told)
            return;
        _told = told;
        OnWait(_blockers);
    }

    /// <summary>A query on a connection of its own.</summary>
    private static async Task<List<string?[]>> QueryElsewhereAsync(NpgsqlConnection connection, SqlCommand query, CancellationToken cancellation)
    {
        await using var batch = Batch(connection, [SafePath, query]);
        return await ReadLastAsync(batch, cancellation);
    }
}
