using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>PostgreSQL by Npgsql.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private const int MaxBatch = 1000;
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromMinutes(5);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public PostgreSqlDatabase(HistoryTable history, string connectionString)
        : base(history)
    {
        _settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            CommandTimeout = 0,
            // Without it an error doesn't say which statement of a batch failed.
            IncludeFailedBatchedCommand = true,
        };
        _settings.ApplicationName ??= "MigrationsBuild";
        _settings.Database ??= _settings.Username ?? Environment.UserName;
    }

    public override string Name => _settings.Database!;

    public override string Description =>
        $"database {Name} on {Host}{(IsSocket ? "" : $":{_settings.Port}")} as {_settings.Username ?? Environment.UserName}";

    public override bool IsLocal => Host.Split(',').All(host =>
        IsSocket || host is "localhost" || IPAddress.TryParse(host.Split(':')[0], out var address) && IPAddress.IsLoopback(address) || host is "::1");

    public override string? ElapsedMilliseconds => "(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::bigint";

    public override string Now => "clock_timestamp()";

    public override string AsText(string column) => $"to_char({SqlText.Quote(column)}, 'YYYY-MM-DD HH24:MI:SS TZH:TZM')";

    public override string User => "session_user";

    public override IReadOnlyList<SqlCommand> CreateJournal =>
    [
        $"""
        CREATE TABLE IF NOT EXISTS {JournalName} (
            "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            "Context" text NOT NULL,
            "MigrationId" text NOT NULL,
            "Action" text NOT NULL,
            "Hash" text,
            "DownSql" text,
            "Statements" integer,
            "At" timestamp with time zone NOT NULL,
            "By" text NOT NULL,
            "Milliseconds" bigint
        )
        """,
        $"REVOKE ALL ON {JournalName} FROM PUBLIC",
    ];

    private string Host => _settings.Host ?? "localhost";

    private bool IsSocket => Host.StartsWith('/') || Host.StartsWith('@');

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Texts are all that is read: the server's types needn't be loaded.</summary>
    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings) =>
        new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableTransportSecurity().ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();

    public override async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        _source = Source(_settings);
        try
        {
            _connection = await _source.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw ConnectionFailure(failure);
        }

        await ExecuteBatchAsync(
            [
                // The lexer reads literals by this setting.
                "SET standard_conforming_strings = on",
                // PostgreSQL 14 and up, on systems that can tell: a backend whose client has died ends, and frees the lock.
                "DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', false); EXCEPTION WHEN OTHERS THEN NULL; END $$",
            ],
            cancellation);
        return true;
    }

    public override async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await ExecuteElsewhereAsync($"CREATE DATABASE {SqlText.Quote(Name)}", cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another run was faster.
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoRights, $"The database {Name} doesn't exist, and {_settings.Username} may not create it. Have an administrator run: CREATE DATABASE {SqlText.Quote(Name)} OWNER {SqlText.Quote(_settings.Username ?? "")}", inner: failure);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw ConnectionFailure(failure);
        }

        await ConnectAsync(cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            // Whoever is still connected is disconnected: from PostgreSQL 13.
            await ExecuteElsewhereAsync($"DROP DATABASE {SqlText.Quote(Name)} WITH (FORCE)", cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(DiagnosticCodes.NoRights, $"{_settings.Username} may not drop the database {Name}: {failure.MessageText}. Connect as its owner.", inner: failure);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw ConnectionFailure(failure);
        }
    }

    public override async Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation)
    {
        var name = SqlText.Literal(created.Kind == "INDEX" && created.Table?.LastIndexOf('.') is > 0 and var dot ? $"{created.Table[..dot]}.{created.Name}" : created.Name);
        var exists = created.Kind switch
        {
            "SCHEMA" => $"to_regnamespace({name}) IS NOT NULL",
            "TYPE" => $"to_regtype({name}) IS NOT NULL",
            "COLUMN" => $"EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass({SqlText.Literal(created.Table)}) AND attname = (parse_ident({name}))[1] AND NOT attisdropped)",
            _ => $"to_regclass({name}) IS NOT NULL",
        };
        return (await QueryAsync($"SELECT ({exists})::text", cancellation))[0][0] == "true";
    }

    public override async Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) =>
        [.. (await QueryAsync(
            $"""
            SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
            WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\_%' AND tablename NOT IN ({SqlText.Literal(JournalTable)}, {SqlText.Literal(History.Name)})
            ORDER BY 1
            """,
            cancellation)).Select(row => row[0]!)];

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

    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var row = (await QueryAsync(
            $"""
            SELECT (to_regclass({SqlText.Literal(HistoryName)}) IS NOT NULL)::text,
                   (to_regclass({SqlText.Literal(JournalName)}) IS NOT NULL)::text,
                   (NOT EXISTS (
                       SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                         AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
                         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')))::text
            """,
            cancellation))[0];
        return new DatabaseContent(row[0] == "true", row[1] == "true", row[2] == "true");
    }

    /// <summary>
    /// BEGIN and COMMIT go with the statements: a migration takes one round trip. A batch of one statement each, and not one text
    /// of many, because only then does an error name its statement.
    /// </summary>
    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        IReadOnlyList<SqlCommand> all = ["BEGIN", .. commands, "COMMIT"];
        try
        {
            for (var start = 0; start < all.Count; start += MaxBatch)
                await ExecuteBatchAsync([.. all.Skip(start).Take(MaxBatch)], cancellation);
        }
        catch (SqlFailure)
        {
            await RollbackAsync();
            throw;
        }
    }

    public override Task ExecuteOutsideAsync(SqlCommand command, CancellationToken cancellation) => ExecuteBatchAsync([command], cancellation);

    /// <summary>
    /// A CREATE INDEX CONCURRENTLY that failed leaves an invalid index of that name, which no query uses and every write pays for. One
    /// that somebody is building right now is invalid, too, and is left alone.
    /// </summary>
    public override async Task<string?> ClearRemainsAsync(SqlCommand command, CancellationToken cancellation)
    {
        if (CreatedObject.Of(command.Text, SqlDialect.PostgreSql) is not { IsConcurrent: true, Table: { } table } index)
            return null;
        var invalid = await QueryAsync(
            $"""
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = to_regclass({SqlText.Literal(table)}) AND NOT i.indisvalid
              AND quote_ident(c.relname) = quote_ident((parse_ident({SqlText.Literal(index.Name)}))[1])
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            """,
            cancellation);
        if (invalid is not [[{ } name], ..])
            return null;
        await ExecuteOutsideAsync($"DROP INDEX CONCURRENTLY {name}", cancellation);
        return $"dropped the invalid index {name}, which a failed run has left";
    }

    /// <summary>SET outside of a transaction holds for the session.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    public override async Task<List<string?[]>> QueryAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, Connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string?[]>();
            while (await reader.ReadAsync(cancellation))
            {
                var row = new string?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++)
                    row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                rows.Add(row);
            }

            return rows;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            throw Failure(failure, [sql], cancellation);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        (_connection, _source) = (null, null);
    }

    /// <summary>Executes a statement while connected to another database of the server.</summary>
    private async Task ExecuteElsewhereAsync(string sql, CancellationToken cancellation)
    {
        await using var source = Source(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = "postgres" });
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task ExecuteBatchAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(Connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command.Text));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or NotSupportedException)
        {
            throw Failure(failure, commands, cancellation, batch);
        }
    }

    private async Task RollbackAsync()
    {
        try
        {
            await ExecuteBatchAsync(["ROLLBACK"], CancellationToken.None);
        }
        catch (SqlFailure)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    private static SqlFailure Failure(Exception failure, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation, NpgsqlBatch? batch = null)
    {
        var server = failure as PostgresException ?? failure.InnerException as PostgresException;
        if (cancellation.IsCancellationRequested && (failure is OperationCanceledException || server?.SqlState == PostgresErrorCodes.QueryCanceled))
            return new SqlFailure(null, 0, FailureKind.Cancelled, "The run was interrupted", failure);
        if (server is null)
            return new SqlFailure(null, 0, FailureKind.ConnectionLost, failure.InnerException?.Message ?? failure.Message, failure);
        var index = server.BatchCommand is NpgsqlBatchCommand failed ? batch?.BatchCommands.IndexOf(failed) ?? -1 : -1;
        var message = server.MessageText + (server.Hint is { } hint ? $" ({hint})" : "") + $" [{server.SqlState}]";
        return new SqlFailure(index >= 0 ? commands[index] : commands.Count == 1 ? commands[0] : null, server.Position, KindOf(server.SqlState), message, server);
    }

    private static FailureKind KindOf(string state) => state switch
    {
        PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject
            or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateFunction => FailureKind.AlreadyExists,
        PostgresErrorCodes.InsufficientPrivilege => FailureKind.NoRights,
        PostgresErrorCodes.UniqueViolation => FailureKind.DuplicateKey,
        _ => FailureKind.Other,
    };

    private MigrationsException ConnectionFailure(Exception failure) => failure is PostgresException { SqlState: var state } server
        ? state is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
            ? new MigrationsException(DiagnosticCodes.LoginFailed, $"The server refuses the login: {server.MessageText}. Correct user or password of the connection string.", inner: failure)
            : new MigrationsException(DiagnosticCodes.Unreachable, $"The server refuses the connection to {Description}: {server.MessageText} [{state}].", inner: failure)
        : failure.Message.Contains("password", StringComparison.OrdinalIgnoreCase)
            ? new MigrationsException(DiagnosticCodes.LoginFailed, $"The server wants a password, and the connection string has none: {Description}.", inner: failure)
            : new MigrationsException(DiagnosticCodes.Unreachable, $"No server answers for {Description}: {Secrets.Mask(failure.InnerException?.Message ?? failure.Message)}. See that it runs and that host and port are right.", inner: failure);

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
