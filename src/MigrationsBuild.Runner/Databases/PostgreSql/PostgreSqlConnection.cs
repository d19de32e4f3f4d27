using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// The connection on which the run works. It executes batches, watches for whom they wait, passes on the server's notices, and translates
/// its errors.
/// </summary>
internal sealed class PostgreSqlConnection : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly int _process;
    private readonly BlockingSessionWatch _watch;
    private readonly BatchNotices _notices;
    private readonly ServerErrors _errors;

    /// <param name="connection">An open connection.</param>
    /// <param name="watch">Finds the sessions for which a statement waits.</param>
    /// <param name="events">Gets the notices.</param>
    public PostgreSqlConnection(NpgsqlConnection connection, BlockingSessionWatch watch, DatabaseEvents events)
    {
        (_connection, _process, _watch) = (connection, connection.ProcessID, watch);
        _errors = new ServerErrors(connection);
        _notices = new BatchNotices(events.OnNotice);
        connection.Notice += _notices.Receive;
    }

    /// <summary>Executes statements in one round trip.</summary>
    /// <returns>The rows of the last one that returns any.</returns>
    /// <exception cref="SqlFailure">One failed.</exception>
    public async Task<List<string?[]>> QueryAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = NpgsqlBatches.Create(_connection, commands);
        try
        {
            return await _watch.RunAsync(_process, () => NpgsqlBatches.ReadLastAsync(batch, cancellation));
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw _errors.Translate(failure, batch, commands, _watch.BlockingSessions, cancellation);
        }
    }

    /// <summary>Executes statements in one round trip, without results.</summary>
    /// <exception cref="SqlFailure">One failed.</exception>
    public async Task ExecuteAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = NpgsqlBatches.Create(_connection, commands);
        _notices.Begin(batch, commands);
        try
        {
            await _watch.RunAsync(_process, () => batch.ExecuteNonQueryAsync(cancellation));
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw _errors.Translate(failure, batch, commands, _watch.BlockingSessions, cancellation);
        }
        finally
        {
            _notices.End();
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
