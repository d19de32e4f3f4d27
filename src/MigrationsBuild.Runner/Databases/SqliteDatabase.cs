using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using SQLitePCL;

namespace MigrationsBuild.Runner.Databases;

/// <summary>SQLite by Microsoft.Data.Sqlite.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Interrupted = 9;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromMinutes(5);

    private readonly SqliteConnectionStringBuilder _settings;
    private SqliteConnection? _connection;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public SqliteDatabase(HistoryTable history, string connectionString, string folder)
        : base(history)
    {
        Batteries_V2.Init();
        _settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        if (_settings.DataSource is ":memory:" or "" || _settings.Mode == SqliteOpenMode.Memory)
            throw new MigrationsException(DiagnosticCodes.NoConnection, "The connection string names a database in memory, which ends with the process. Name a file: Data Source=app.db");

        // The application runs in the project's folder, or does in development.
        if (!_settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            _settings.DataSource = Path.GetFullPath(Path.Combine(folder, _settings.DataSource));
    }

    public override string Name => Path.GetFileName(_settings.DataSource);

    public override string Description => $"SQLite file {_settings.DataSource}";

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

    public override Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_settings.DataSource) && !_settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(false);
        Open();
        return Task.FromResult(true);
    }

    public override Task CreateAsync(CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(_settings.DataSource) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new MigrationsException(DiagnosticCodes.Unreachable, $"The folder of the {Description} doesn't exist. Run: mkdir -p \"{folder}\"");
        Open();

        // As EF Core's own tool creates the file.
        return ExecuteOutsideAsync("PRAGMA journal_mode = 'wal'", cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
                File.Delete(_settings.DataSource + suffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MigrationsException(DiagnosticCodes.NoRights, $"The {Description} can't be deleted: {failure.Message}", inner: failure);
        }
    }

    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = SqlText.Literal(Unquoted(created.Name));
        var sql = created.Kind == "COLUMN"
            ? $"SELECT 1 FROM pragma_table_info({SqlText.Literal(Unquoted(created.Table!))}) WHERE name = {name} COLLATE NOCASE"
            : $"SELECT 1 FROM sqlite_master WHERE name = {name} COLLATE NOCASE";
        return (await QueryAsync(sql, cancellation)).Count > 0;
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN ({SqlText.Literal(JournalTable)}, {SqlText.Literal(History.Name)}, '__EFMigrationsLock') ORDER BY 1",
            cancellation)).Select(row => row[0]!)];

    /// <summary>
    /// Each migration's BEGIN IMMEDIATE keeps other runs out; only EF Core's own tool, from version 9, says with a row of its own
    /// table that it is at work.
    /// </summary>
    public override async Task LockAsync(string context, Action<string> onWait, CancellationToken cancellation)
    {
        if ((await QueryAsync("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'", cancellation)).Count == 0)
            return;
        var deadline = DateTime.UtcNow + _lockTimeout;
        var told = false;
        while (await QueryAsync("""SELECT "Timestamp" FROM "__EFMigrationsLock" """, cancellation) is [var row, ..])
        {
            if (!told)
                onWait($"a migration by EF Core's tool, since {row[0]}. If that has died, run: DELETE FROM \"__EFMigrationsLock\"");
            told = true;
            if (DateTime.UtcNow > deadline)
                throw new MigrationsException(DiagnosticCodes.Locked, $"A migration by EF Core's tool has held the {Description} since {row[0]}. If it has died, run: DELETE FROM \"__EFMigrationsLock\"");
            await Task.Delay(200, cancellation);
        }
    }

    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var tables = await QueryAsync("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", cancellation);
        bool Has(string name) => tables.Any(row => string.Equals(row[0], name, StringComparison.OrdinalIgnoreCase));
        return new DatabaseContent(Has(History.Name), Has(JournalTable), tables.Count == 0);
    }

    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await ExecuteOutsideAsync("BEGIN IMMEDIATE", cancellation);
        try
        {
            foreach (var command in commands)
                await ExecuteOutsideAsync(command, cancellation);
            await ExecuteOutsideAsync("COMMIT", cancellation);
        }
        catch (SqlFailure)
        {
            // Some errors have ended the transaction already.
            if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
                await ExecuteOutsideAsync("ROLLBACK", CancellationToken.None);
            throw;
        }
    }

    public override async Task ExecuteOutsideAsync(SqlCommand command, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(() => raw.sqlite3_interrupt(Connection.Handle));
        try
        {
            cancellation.ThrowIfCancellationRequested();
            using var sqlite = Connection.CreateCommand();
            sqlite.CommandText = command.Text;
            await sqlite.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is SqliteException or OperationCanceledException)
        {
            throw Failure(failure, command);
        }
    }

    public override async Task<List<string?[]>> QueryAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            using var command = Connection.CreateCommand();
            command.CommandText = sql;
            using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string?[]>();
            while (await reader.ReadAsync(cancellation))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            return rows;
        }
        catch (SqliteException failure)
        {
            throw Failure(failure, sql);
        }
    }

    /// <summary>
    /// EF Core rebuilds a table between two PRAGMA foreign_keys, which have no effect inside a transaction: it takes three. They are
    /// moved around one, so that the migration happens as a whole; but not if it changes data besides, which foreign keys guard.
    /// </summary>
    public override MigrationSteps Steps(IReadOnlyList<SqlCommand> commands)
    {
        var outside = commands.Where(command => command.Statement is { OutsideTransaction: true }).ToList();
        if (outside.Count == 0 || !outside.TrueForAll(IsForeignKeySwitch) || commands.Any(ChangesData))
            return base.Steps(commands);
        var steps = base.Steps([.. commands.Except(outside)]);
        return steps with { Before = [.. outside.Where(command => !IsSwitchOn(command))], After = [.. outside.Where(IsSwitchOn)] };
    }

    /// <summary>PRAGMA statements set up the connection.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["PRAGMA", ..] };

    private static bool IsForeignKeySwitch(SqlCommand command) => command.Statement is { Words: ["PRAGMA", "FOREIGN_KEYS", ..] };

    private static bool IsSwitchOn(SqlCommand command) => command.Text.TrimEnd().EndsWith('1') || command.Text.TrimEnd().EndsWith("ON", StringComparison.OrdinalIgnoreCase);

    /// <summary>The copy into the table's new form is a part of the rebuild.</summary>
    private static bool ChangesData(SqlCommand command) => command.Statement is { Words: ["DELETE" or "UPDATE" or "REPLACE" or "INSERT" or "WITH", ..] }
        && !command.Text.StartsWith("INSERT INTO \"ef_temp_", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    private static string Unquoted(string name) => name.Length > 1 && name[0] is '"' or '`' or '[' ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : name;

    private void Open()
    {
        _connection = new SqliteConnection(_settings.ConnectionString);
        try
        {
            _connection.Open();
        }
        catch (SqliteException failure)
        {
            throw new MigrationsException(
                failure.SqliteErrorCode == CannotOpen ? DiagnosticCodes.NoRights : DiagnosticCodes.Unreachable, $"The {Description} can't be opened: {failure.Message}", inner: failure);
        }
    }

    /// <summary>Where SQLite found fault, as a byte's offset in UTF-8; -1 if it is no matter of one place. SQLitePCLRaw doesn't pass it on.</summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_error_offset")]
    private static extern int ErrorOffset(IntPtr connection);

    private SqlFailure Failure(Exception failure, SqlCommand command)
    {
        if (failure is not SqliteException sqlite || sqlite.SqliteErrorCode == Interrupted)
            return new SqlFailure(null, 0, FailureKind.Cancelled, "The run was interrupted", failure);
        var kind = sqlite.SqliteErrorCode switch
        {
            Constraint => FailureKind.DuplicateKey,
            1 when sqlite.Message.Contains("already exists", StringComparison.Ordinal) || sqlite.Message.Contains("duplicate column", StringComparison.Ordinal) => FailureKind.AlreadyExists,
            8 => FailureKind.NoRights,
            Busy or Locked => FailureKind.Other,
            _ => FailureKind.Other,
        };
        var bytes = ErrorOffset(Connection.Handle!.DangerousGetHandle());
        // A code point begins with each byte that continues none.
        var position = bytes < 0 ? 0 : 1 + Encoding.UTF8.GetBytes(command.Text).Take(bytes).Count(b => (b & 0xC0) != 0x80);
        return new SqlFailure(command, position, kind, sqlite.Message.TrimEnd('.'), sqlite);
    }
}
