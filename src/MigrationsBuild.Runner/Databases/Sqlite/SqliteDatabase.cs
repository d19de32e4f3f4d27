using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using SQLitePCL;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>SQLite by Microsoft.Data.Sqlite.</summary>
internal sealed partial class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    private readonly SqliteConnectionStringBuilder _settings;
    private readonly DatabaseEvents _events;
    private SqliteConnection? _connection;
    private bool _isFresh;
    private long _begin;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public SqliteDatabase(HistoryTable history, RunSettings settings, string connectionString, string folder, DatabaseEvents events)
        : base(history, settings)
    {
        _events = events;
        if (settings.Role.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"The role {settings.Role} is set, and SQLite has no roles. Remove the setting.");
        }

        Batteries_V2.Init();
        _settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            // In whole seconds; 0 would mean no limit.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(settings.LockTimeout.TotalSeconds)),
        };
        if (_settings.DataSource is ":memory:" or "" || _settings.Mode == SqliteOpenMode.Memory || IsInMemory(_settings.DataSource))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                "The connection string names a database in memory, which ends with the process. Name a file: Data Source=app.db");
        }

        if (_settings.Password.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.UnreadableFile,
                $"The connection string has a password for the SQLite file {Path.GetFileName(FilePath)}. {Encrypted}",
                OfflineScript);
        }

        if (_settings.DataSource.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"The connection string says {_settings.DataSource}, and only the application's own process knows that folder. "
                + "Name the file by its path: Data Source=/data/app.db");
        }

        // The application runs in the project's folder, or does in development.
        if (!IsAddress(_settings.DataSource))
            _settings.DataSource = Path.GetFullPath(Path.Combine(folder, _settings.DataSource));
    }

    public override string Name => Path.GetFileName(FilePath);

    public override string Description => $"SQLite file {FilePath}";

    public override bool IsLocal => true;

    public override bool IsAlwaysDevelopment => true;

    public override string Now => "strftime('%Y-%m-%d %H:%M:%f+00', 'now')";

    public override string User => SqlText.Literal(Environment.UserName);

    public override IReadOnlyList<SqlCommand> CreateJournal =>
    [
        $"""
        CREATE TABLE IF NOT EXISTS {JournalName} (
            "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
            "Context" TEXT NOT NULL,
            "MigrationId" TEXT NOT NULL,
            "Action" TEXT NOT NULL,
            "Hash" TEXT,
            "DownSql" TEXT,
            "Statements" INTEGER,
            "At" TEXT NOT NULL,
            "By" TEXT NOT NULL,
            "Milliseconds" INTEGER
        )
        """,
    ];

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    public override string ElapsedMilliseconds => "milliseconds_since_begin()";

    public override Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (!File.Exists(FilePath))
            return Task.FromResult(false);
        Open();
        return Task.FromResult(true);
    }

    /// <summary>
    /// Waits for EF Core's own tool, which from version 9 has a row in a table of its own while it works. Each migration's BEGIN IMMEDIATE
    /// keeps other runs out.
    /// </summary>
    public override async Task LockAsync(Action<string> onWait, CancellationToken cancellation)
    {
        if ((await QueryAsync("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'", cancellation)).Count == 0)
            return;
        var deadline = DateTime.UtcNow + Settings.WaitTimeout;
        var isReported = false;
        while (await QueryAsync("""SELECT "Timestamp" FROM "__EFMigrationsLock" """, cancellation) is [var row, ..])
        {
            if (!isReported)
                onWait($"a migration by EF Core's tool, since {row[0]}. If that has died, run: DELETE FROM \"__EFMigrationsLock\"");
            isReported = true;
            if (DateTime.UtcNow > deadline)
            {
                throw new MigrationsException(
                    DiagnosticCodes.Locked,
                    $"A migration by EF Core's tool has held the {Description} since {row[0]}. "
                    + "If it has died, run: DELETE FROM \"__EFMigrationsLock\"");
            }

            await Task.Delay(200, cancellation);
        }
    }

    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await ExecuteAsync("BEGIN IMMEDIATE", cancellation);
        _begin = Stopwatch.GetTimestamp();
        _rebuilt.Clear();
        var restored = new List<string>();
        try
        {
            var before = commands.Contains(ForeignKeyCheck) ? await ReadOrphansAsync(cancellation) : [];
            foreach (var command in commands)
            {
                if (command == ForeignKeyCheck)
                    RefuseOrphans(before, await ReadOrphansAsync(cancellation));
                else if (command.Text == Restoration.Text)
                    restored.AddRange(await RestoreAsync(command, cancellation));
                else if (!await ExecuteRebuildAsync(command, cancellation))
                    await ExecuteAsync(command, cancellation);
            }

            await ExecuteAsync("COMMIT", cancellation);
            restored.ForEach(_events.OnRestored);
        }
        catch (SqlFailure)
        {
            // Some errors have ended the transaction already.
            if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
                await ExecuteAsync("ROLLBACK", CancellationToken.None);
            throw;
        }
    }

    public override Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        ExecuteAsync(command, cancellation);

    public override async Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation)
    {
        try
        {
            using var command = Command(query);
            using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string?[]>();
            while (await reader.ReadAsync(cancellation))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            return rows;
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw Failure(failure, query);
        }
    }

    private async Task ExecuteAsync(SqlCommand command, CancellationToken cancellation)
    {
        _isFresh &= !LeavesState(command);
        using var registration = cancellation.Register(() => raw.sqlite3_interrupt(Connection.Handle));
        try
        {
            cancellation.ThrowIfCancellationRequested();
            using var sqlite = Command(command);
            await sqlite.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is not SqlFailure)
        {
            throw Failure(failure, command);
        }
    }

    private SqliteCommand Command(SqlCommand command)
    {
        var sqlite = Connection.CreateCommand();
        sqlite.CommandText = command.Text;
        for (var i = 0; i < command.Parameters.Count; i++)
            sqlite.Parameters.AddWithValue($"${i + 1}", command.Parameters[i] ?? DBNull.Value);
        return sqlite;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    private void Open()
    {
        _isFresh = true;
        _connection = new SqliteConnection(_settings.ConnectionString);
        try
        {
            _connection.Open();
            // SQLite's own clock doesn't advance within a statement, and has no time at which the transaction began.
            _connection.CreateFunction("milliseconds_since_begin", () => (long)Stopwatch.GetElapsedTime(_begin).TotalMilliseconds);
            CreateGuard(_connection);
        }
        catch (SqliteException failure)
        {
            throw new MigrationsException(
                failure.SqliteErrorCode == CannotOpen ? DiagnosticCodes.NoPermission : DiagnosticCodes.Unreachable,
                $"The {Description} can't be opened: {failure.Message}",
                inner: failure);
        }
        catch (Exception failure) when (failure is not MigrationsException)
        {
            throw new MigrationsException(
                DiagnosticCodes.SettingsRefused,
                $"The {Description} can't be opened with these settings: {Secrets.Mask(failure.Message)} Correct the connection string.",
                inner: failure);
        }
    }
}
