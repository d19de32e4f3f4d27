using System.Globalization;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Finds the sessions for which a statement waits. The server shows them only while it waits, so a second connection looks for them. It is
/// opened only if a statement takes long.
/// </summary>
/// <param name="server">The server on which the run works.</param>
/// <param name="role">The role that may see the sessions.</param>
/// <param name="lockTimeout">How long a statement waits for a lock; zero for no limit.</param>
/// <param name="events">Gets a description of the blocking sessions, once for each set of them.</param>
internal sealed class BlockingSessionWatch(PostgreSqlServer server, SessionRole role, TimeSpan lockTimeout, DatabaseEvents events)
{
    private static readonly TimeSpan _longestInterval = TimeSpan.FromSeconds(1);

    private string _reported = "";

    /// <summary>The sessions for which the last statement waited, in words; empty if none was found.</summary>
    public string BlockingSessions { get; private set; } = "";

    private TimeSpan Limit => lockTimeout == TimeSpan.Zero ? TimeSpan.MaxValue : lockTimeout;

    private TimeSpan Delay => TimeSpan.FromMilliseconds(Math.Clamp(Limit.TotalMilliseconds / 3, 30, 500));

    private TimeSpan Interval => _longestInterval < Limit ? _longestInterval : Delay;

    /// <summary>Executes something and watches for whom it waits.</summary>
    /// <param name="process">The server's process that executes it.</param>
    /// <param name="work">Executes it.</param>
    public async Task<T> RunAsync<T>(int process, Func<Task<T>> work)
    {
        BlockingSessions = "";
        using var end = new CancellationTokenSource();
        var watch = WatchAsync(process, end.Token);
        try
        {
            return await work();
        }
        finally
        {
            // Synchronous: only the watch listens, and it has nothing left to do.
            end.Cancel();
            await watch;
        }
    }

    private async Task WatchAsync(int process, CancellationToken end)
    {
        // Nearly every statement ends before; an exception for each would cost more than the rest of this class.
        await Task.Delay(Delay, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (end.IsCancellationRequested)
            return;
        try
        {
            await using var connection = await server.OpenSecondAsync(end);
            if (role.IsSet)
                await QueryAsync(connection, role.SetStatement, end);
            while (true)
            {
                await LookAsync(connection, process.ToString(CultureInfo.InvariantCulture), end);
                await Task.Delay(Interval, end);
            }
        }
        catch (Exception)
        {
            // The statement has ended, or the server has no room for a second connection. Then nothing is reported.
        }
    }

    private async Task LookAsync(NpgsqlConnection connection, string process, CancellationToken end)
    {
        var sessions = await QueryAsync(
            connection,
            $"SELECT {BlockingSession.Columns()} FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids({process}))",
            end);
        if (sessions.Count > 0)
        {
            Report(
                string.Join("; ", sessions.Select(session => BlockingSession.Describe(session, events.ShowsQueries))),
                string.Join(",", sessions.Select(session => session[0])));
            return;
        }

        var prepared = await QueryAsync(connection, PreparedTransaction.Query(PreparedTransaction.Blocks(process)), end);
        if (PreparedTransaction.Holder(prepared) is { Description: var description })
            Report(description, description[..description.IndexOf(", since", StringComparison.Ordinal)]);
    }

    /// <summary>Reports them unless the same ones were the last that were reported.</summary>
    private void Report(string description, string identity)
    {
        BlockingSessions = description;
        if (identity == _reported)
            return;
        _reported = identity;
        events.OnWait(description);
    }

    private static async Task<List<string?[]>> QueryAsync(NpgsqlConnection connection, SqlCommand query, CancellationToken cancellation)
    {
        await using var batch = NpgsqlBatches.Create(connection, [SessionState.SafePath, query]);
        return await NpgsqlBatches.ReadLastAsync(batch, cancellation);
    }
}
