using System.Globalization;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using SQLitePCL;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>SQLite by Microsoft.Data.Sqlite. Composes the parts, each of which owns its state, and is what the verbs see of them.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly SqliteFile _file;
    private readonly SqliteSession _session;
    private readonly RebuiltTables _rebuiltTables;
    private readonly DatabaseEvents _events;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="MigrationsException">It names no file that the runner can open, or the settings name a role.</exception>
    public SqliteDatabase(HistoryTable history, RunSettings settings, string connectionString, string folder, DatabaseEvents events)
        : base(history, settings)
    {
        if (settings.Role.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"The role {settings.Role} is set, and SQLite has no roles. Remove the setting.");
        }

        Batteries_V2.Init();
        _file = new SqliteFile(connectionString, folder, settings.LockTimeout);
        _session = new SqliteSession(_file);
        _rebuiltTables = new RebuiltTables(_session);
        _events = events;
    }

    public override string Name => _file.Name;

    public override string Description => _file.Description;

    public override string? FilePath => _file.FullPath;

    public override bool IsLocal => true;

    public override bool IsAlwaysDevelopment => true;

    public override string Now => "strftime('%Y-%m-%d %H:%M:%f+00', 'now')";

    public override string User => SqlText.Literal(Environment.UserName);

    public override IReadOnlyList<SqlCommand> CreateJournal => [SqliteStatements.CreateJournal(JournalName)];

    private string IdColumn => SqlText.Quote(History.IdColumn);

    public override string ElapsedMilliseconds => SqliteSession.ElapsedMilliseconds;

    public override Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_file.FullPath))
            return Task.FromResult(false);
        _session.Open();
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
        await _session.ExecuteAsync("BEGIN IMMEDIATE", cancellation);
        _session.StartClock();
        _rebuiltTables.Clear();
        var restored = new List<string>();
        try
        {
            var before = commands.Contains(ForeignKeyRules.Check) ? await ForeignKeyRules.ReadOrphansAsync(_session, cancellation) : [];
            foreach (var command in commands)
            {
                if (command == ForeignKeyRules.Check)
                    ForeignKeyRules.RefuseOrphans(before, await ForeignKeyRules.ReadOrphansAsync(_session, cancellation));
                else if (RebuiltTables.IsRestoration(command))
                    restored.AddRange(await _rebuiltTables.RestoreAsync(command, cancellation));
                else if (!await _rebuiltTables.TryExecuteAsync(command, cancellation))
                    await _session.ExecuteAsync(command, cancellation);
            }

            await _session.ExecuteAsync("COMMIT", cancellation);
            restored.ForEach(_events.OnRestored);
        }
        catch (SqlFailure)
        {
            // Some errors have ended the transaction already.
            if (_session.IsInTransaction)
                await _session.ExecuteAsync("ROLLBACK", CancellationToken.None);
            throw;
        }
    }

    public override Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        _session.ExecuteAsync(command, cancellation);

    public override Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) =>
        _session.QueryAsync(query, cancellation);

    public override async Task BeginStretchAsync(IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation)
    {
        await _session.RefreshAsync();
        foreach (var command in setUp)
            await _session.ExecuteAsync(command, cancellation);
    }

    /// <summary>PRAGMA and ATTACH statements set up the connection.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["PRAGMA" or "ATTACH", ..] };

    public override (SqlCommand Command, string Reason)? FindMissing(IReadOnlyList<MigrationStretch> stretches) =>
        SessionObjects.FindMissing(stretches);

    public override MigrationSteps Steps(IReadOnlyList<SqlCommand> commands) => ForeignKeyRules.Divide(commands);

    public override IReadOnlyList<SqlCommand> AfterMigration(
        string id, IReadOnlyList<SqlCommand> commands, IEnumerable<SqlCommand> later) => RebuiltTables.AfterMigration(id, commands, later);

    public override Task CreateAsync(CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(_file.FullPath) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new MigrationsException(
                DiagnosticCodes.Unreachable, $"The folder of the {Description} doesn't exist. Run: mkdir -p \"{folder}\"");
        }

        _session.Open();

        // As EF Core's own tool creates the file.
        return _session.ExecuteAsync("PRAGMA journal_mode = 'wal'", cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
                File.Delete(_file.FullPath + suffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoPermission, $"The {Description} can't be deleted: {failure.Message}", inner: failure);
        }
    }

    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = SqlText.Literal(SqlText.Unquote(created.Name));
        var sql = created.Kind == "COLUMN"
            ? $"SELECT 1 FROM pragma_table_info({SqlText.Literal(SqlText.Unquote(created.Table!))}) WHERE name = {name} COLLATE NOCASE"
            : $"SELECT 1 FROM sqlite_master WHERE name = {name} COLLATE NOCASE";
        return (await QueryAsync(sql, cancellation)).Count > 0;
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"""
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
              AND name NOT IN ({SqlText.Literal(JournalTable)}, {SqlText.Literal(History.Name)}, '__EFMigrationsLock')
            ORDER BY 1
            """,
            cancellation)).Select(row => row[0]!)];

    public override string NotCompared(bool withPrivileges) => SqliteSchemaReader.NotCompared;

    public override IObjectStatements Objects { get; } = new SqliteObjects();

    public override Task<Catalog> ReadCatalogAsync(bool withPrivileges, CancellationToken cancellation) =>
        new SqliteSchemaReader(_session).ReadAsync(cancellation);

    public override Task<IReadOnlyList<FillableTable>> ReadFillableTablesAsync(int count, CancellationToken cancellation) =>
        new FillableTableReader(_session, count).ReadAsync(cancellation);

    public override Task<string> ReadProductAsync(CancellationToken cancellation) => Task.FromResult("SQLite");

    public override string Numbers(int count) =>
        $"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) SELECT n FROM numbers";

    public override string InsertNew(string table, IReadOnlyList<string> columns, string query) =>
        // Without WHERE, ON would belong to the last join.
        $"INSERT INTO {table} ({string.Join(", ", columns)}) {query} WHERE true ON CONFLICT DO NOTHING";

    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var tables = await QueryAsync(
            """
            SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
            """,
            cancellation);
        bool Has(string name) => tables.Any(row => string.Equals(row[0], name, StringComparison.OrdinalIgnoreCase));
        return new DatabaseContent(Has(History.Name), Has(JournalTable), tables.Count == 0);
    }

    public override async Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation)
    {
        var tables = await ReadTablesAsync(cancellation);
        var rows = 0L;
        foreach (var table in tables)
        {
            var count = (await QueryAsync($"SELECT count(*) FROM {SqlText.Quote(table)}", cancellation))[0][0]!;
            rows += long.Parse(count, CultureInfo.InvariantCulture);
        }

        return new DatabaseSize(tables, rows, AreRowsEstimated: false, new FileInfo(_file.FullPath).Length);
    }

    public override Task<string> ReadColumnsAsync(IEnumerable<SqlStatement> statements, CancellationToken cancellation) =>
        new ValueCounter(_session).ReadDefinitionsAsync(cancellation);

    public override async Task<IReadOnlyList<ValueCount?>> CountValuesAsync(
        IReadOnlyList<DroppedObject> objects, CancellationToken cancellation)
    {
        var counts = new List<ValueCount?>();
        foreach (var dropped in objects)
            counts.Add(await new ValueCounter(_session).CountAsync(dropped, cancellation));
        return counts;
    }

    public override IReadOnlyList<SqlCommand> TakeFromHistory(
        string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null) =>
        [SqliteStatements.RequireRow(HistoryName, IdColumn, id, rows), .. scripts ?? [DeleteHistory(id)]];

    public override SqlCommand RequireRecorded(string id, bool isApplied) =>
        SqliteStatements.RequireRecorded(HistoryName, IdColumn, id, isApplied);

    public override IReadOnlyList<SqlCommand> RequireValues(SqlCommand query, string expected, string message) =>
        [SqliteStatements.RequireValues(query, expected, message)];

    public override IReadOnlyList<SqlCommand> RequireUnchanged(string id, IReadOnlyList<string>? rows) =>
    [
        rows is null
            ? RequireRecorded(id, isApplied: false) with { Guards = FailureKind.Other }
            : SqliteStatements.RequireRow(HistoryName, IdColumn, id, rows),
    ];

    /// <summary>
    /// SQLite refuses most statements that can't be in a transaction, such as VACUUM, but some PRAGMA statements just have no effect there.
    /// </summary>
    public override bool MayBeInTransaction(SqlCommand command) => !SetsUpConnection(command);

    public override ValueTask DisposeAsync() => _session.DisposeAsync();
}
