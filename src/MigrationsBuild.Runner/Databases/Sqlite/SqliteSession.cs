using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using SQLitePCL;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>The connection to the file, and whether a statement has changed its state.</summary>
/// <param name="file">The file.</param>
internal sealed class SqliteSession(SqliteFile file) : IAsyncDisposable
{
    private SqliteConnection? _connection;
    private bool _isFresh;
    private long _begin;

    /// <summary>An expression for the milliseconds since <see cref="StartClock"/>.</summary>
    public static string ElapsedMilliseconds => "milliseconds_since_begin()";

    public bool IsInTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Opens the connection.</summary>
    /// <exception cref="MigrationsException">The file can't be opened.</exception>
    public void Open()
    {
        _isFresh = true;
        _connection = new SqliteConnection(file.ConnectionString);
        try
        {
            _connection.Open();
            // SQLite's own clock doesn't advance within a statement, and has no time at which the transaction began.
            _connection.CreateFunction("milliseconds_since_begin", () => (long)Stopwatch.GetElapsedTime(_begin).TotalMilliseconds);
            _connection.CreateFunction<string, int>(SqliteStatements.Fail, message => throw new InvalidOperationException(message));
        }
        catch (SqliteException failure)
        {
            throw new MigrationsException(
                failure.SqliteErrorCode == SqliteErrors.CannotOpen ? DiagnosticCodes.NoPermission : DiagnosticCodes.Unreachable,
                $"The {file.Description} can't be opened: {failure.Message}",
                inner: failure);
        }
        catch (Exception failure) when (failure is not MigrationsException)
        {
            throw new MigrationsException(
                DiagnosticCodes.SettingsRefused,
                $"The {file.Description} can't be opened with these settings: {Secrets.Mask(failure.Message)} "
                + "Correct the connection string.",
                inner: failure);
        }
    }

    /// <summary>
    /// Opens a new connection if a statement has changed the state of this one. SQLite has no statement that resets PRAGMA, ATTACH and
    /// TEMP. That takes less than a millisecond, and only migrations with such statements need it.
    /// </summary>
    public async Task RefreshAsync()
    {
        if (_isFresh)
            return;
        await DisposeAsync();
        Open();
    }

    /// <summary>Sets the time from which <see cref="ElapsedMilliseconds"/> counts.</summary>
    public void StartClock() => _begin = Stopwatch.GetTimestamp();

    /// <summary>Reads rows of texts.</summary>
    /// <exception cref="SqlFailure">The query failed.</exception>
    public Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) => WaitAsync(
        query,
        async command =>
        {
            using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string?[]>();
            while (await reader.ReadAsync(cancellation))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            return rows;
        },
        cancellation);

    /// <summary>Executes a statement.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    public async Task ExecuteAsync(SqlCommand command, CancellationToken cancellation)
    {
        _isFresh &= !LeavesState(command);
        using var registration = cancellation.Register(() => raw.sqlite3_interrupt(Connection.Handle));
        await WaitAsync(command, sqlite => sqlite.ExecuteNonQueryAsync(CancellationToken.None), cancellation);
    }

    /// <summary>Executes a statement. If the wait has no limit, it is repeated while another connection has the lock.</summary>
    /// <exception cref="SqlFailure">It failed.</exception>
    private async Task<T> WaitAsync<T>(SqlCommand command, Func<SqliteCommand, Task<T>> execute, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                using var sqlite = Command(command);
                return await execute(sqlite);
            }
            catch (SqliteException failure) when (!file.HasLockTimeout && SqliteErrors.EndsByWaiting(failure))
            {
            }
            catch (Exception failure) when (failure is not SqlFailure)
            {
                throw SqliteErrors.Translate(failure, command, Connection, file);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    private SqliteCommand Command(SqlCommand command)
    {
        var sqlite = Connection.CreateCommand();
        sqlite.CommandText = command.Text;
        for (var i = 0; i < command.Parameters.Count; i++)
            sqlite.Parameters.AddWithValue($"${i + 1}", command.Parameters[i] ?? DBNull.Value);
        return sqlite;
    }

    private static bool LeavesState(SqlCommand command) => command.Statement is { } statement
        && statement.Words.Any(word => word is "PRAGMA" or "ATTACH" or "DETACH" or "TEMP" or "TEMPORARY");
}
