using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The run's session: its connection, the state in which statements run there, and the lock that it holds.</summary>
internal sealed class PostgreSqlSession : IAsyncDisposable
{
    /// <summary>More statements than this are sent in several round trips.</summary>
    private const int MaxBatch = 1000;

    private readonly PostgreSqlServer _server;
    private readonly SessionRole _role;
    private readonly DatabaseEvents _events;
    private readonly BlockingSessionWatch _watch;
    private PostgreSqlConnection? _connection;

    public PostgreSqlSession(PostgreSqlServer server, SessionRole role, RunSettings settings, DatabaseEvents events)
    {
        (_server, _role, _events) = (server, role, events);
        _watch = new BlockingSessionWatch(server, role, settings.LockTimeout, events);
        Lock = new AdvisoryLock(settings.WaitTimeout, events.ShowsQueries);
        State = new SessionState(settings, Lock);
    }

    public AdvisoryLock Lock { get; }

    public SessionState State { get; }

    public bool IsOpen => _connection is not null;

    private PostgreSqlConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Opens the session and gives it the role and the settings of the run.</summary>
    /// <param name="historyTable">The name of the history table.</param>
    /// <exception cref="MigrationsException">The session can't be used: the server is a standby, for example.</exception>
    public async Task<SessionFacts> OpenAsync(string historyTable, CancellationToken cancellation)
    {
        var connection = await _server.OpenAsync(cancellation);
        _connection = new PostgreSqlConnection(connection, _watch, _events);
        await new PoolerProbe(_server).RefusePoolerAsync(connection, cancellation);
        await SetRoleAsync(cancellation);
        var facts = SessionFacts.Of((await Connection.QueryAsync(SessionFacts.Query(historyTable), cancellation))[0]);
        State.Remember(facts);
        _server.RequireWritable(facts.IsStandby);
        await ExecuteAsync(State.Initial, cancellation);
        return facts;
    }

    /// <summary>Executes a query as the run's own role, and with names that no other role can give another meaning.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    public Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) =>
        Connection.QueryAsync([State.OwnQuery, SessionState.SafePath, query], cancellation);

    /// <summary>Executes a query of the rows of a table as <see cref="QueryAsync"/>, and fails if row level security hides some.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    public Task<List<string?[]>> QueryAllRowsAsync(SqlCommand query, CancellationToken cancellation) =>
        Connection.QueryAsync([State.OwnRead, SessionState.SafePath, SessionState.AllRows, query], cancellation);

    /// <summary>Executes a query that contains a name that the user has written. All other names in it must be qualified.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    public Task<List<string?[]>> QueryInUsersPathAsync(SqlCommand query, CancellationToken cancellation) =>
        Connection.QueryAsync([query], cancellation);

    /// <summary>Executes a statement in a transaction of its own, in the state in which migrations start.</summary>
    /// <returns>Its rows.</returns>
    /// <exception cref="SqlFailure">It failed; the transaction is rolled back.</exception>
    public async Task<List<string?[]>> QueryFreshAsync(SqlCommand command, CancellationToken cancellation)
    {
        try
        {
            await Connection.ExecuteAsync([SessionState.Begin, .. State.Fresh([])], cancellation);
            var rows = await QueryInUsersPathAsync(command, cancellation);
            await ExecuteAsync(SessionState.Commit, cancellation);
            return rows;
        }
        catch (SqlFailure)
        {
            await RollbackAsync();
            throw;
        }
    }

    /// <summary>Executes one statement in the state that the session has.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    public Task ExecuteAsync(SqlCommand command, CancellationToken cancellation) => Connection.ExecuteAsync([command], cancellation);

    /// <summary>Executes statements in one transaction.</summary>
    /// <remarks>
    /// BEGIN and COMMIT are sent with the statements, so a migration takes one round trip. <see cref="SessionState.Fresh"/> makes the
    /// session the run's own; statements that don't begin with it are preceded by <see cref="SessionState.OwnTransaction"/>.
    /// </remarks>
    /// <exception cref="SqlFailure">One failed; the transaction is rolled back.</exception>
    public async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        var isFresh = commands is [var first, ..] && ReferenceEquals(first, SessionState.ResetAll);
        IReadOnlyList<SqlCommand> all =
        [
            SessionState.Begin,
            .. isFresh ? [] : new[] { State.OwnTransaction },
            .. commands,
            SessionState.Commit,
        ];
        try
        {
            for (var start = 0; start < all.Count; start += MaxBatch)
                await Connection.ExecuteAsync([.. all.Skip(start).Take(MaxBatch)], cancellation);
        }
        catch (SqlFailure)
        {
            await RollbackAsync();
            throw;
        }
    }

    /// <summary>
    /// Executes a statement outside any transaction. It is alone: what can't be in a transaction can't be in a batch, either.
    /// </summary>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">The statements by which the migration has set up the session for it.</param>
    /// <exception cref="SqlFailure">It failed.</exception>
    public async Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation)
    {
        await SetUpAsync(command, setUp, cancellation);
        // It would release the lock; everything else that it does has just been done.
        if (command.Statement is not { Words: ["DISCARD", "ALL"] })
            await ExecuteAsync(command, cancellation);
    }

    /// <summary>Brings the session to the state in which a statement outside any transaction runs.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">The statements by which the migration has set up the session for it.</param>
    /// <exception cref="SqlFailure">One of them failed.</exception>
    public Task SetUpAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) => ExecuteTransactionAsync(
        [
            .. State.Fresh([]),
            .. PostgreSqlStatements.BlocksNoSession(command) ? [] : new[] { State.SessionLockTimeout },
            .. setUp,
        ],
        cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        Lock.Forget();
    }

    private async Task SetRoleAsync(CancellationToken cancellation)
    {
        if (!_role.IsSet)
            return;
        try
        {
            await ExecuteAsync(_role.SetStatement, cancellation);
        }
        catch (SqlFailure failure) when (failure.InnerException is PostgresException)
        {
            throw _role.Explain(failure);
        }
    }

    private async Task RollbackAsync()
    {
        try
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
        catch (SqlFailure)
        {
            // The connection is lost, and the transaction with it.
        }
    }
}
