using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>PostgreSQL by Npgsql.</summary>
internal sealed partial class PostgreSqlDatabase : Database
{
    private const int MaxBatch = 1000;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public PostgreSqlDatabase(HistoryTable history, RunSettings settings, string connectionString)
        : base(history, settings)
    {
        _settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            CommandTimeout = 0,
            // A long statement is silent, and what lies between may forget about a silent connection.
            TcpKeepAlive = true,
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

    public override string ElapsedMilliseconds => "(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::bigint";

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

        if (await IsPooledAsync(cancellation))
            await RefuseTransactionPoolingAsync(cancellation);
        await ExecuteBatchAsync(
            [
                // The lexer reads literals by this setting.
                "SET standard_conforming_strings = on",
                // PostgreSQL 14 and up, on systems that can tell: a backend whose client has died ends, and frees the lock.
                "DO $$ BEGIN PERFORM set_config('client_connection_check_interval', '2s', false); EXCEPTION WHEN OTHERS THEN NULL; END $$",
                .. SessionTimeouts,
            ],
            cancellation);
        await SetRoleAsync(cancellation);
        return true;
    }

    /// <summary>
    /// BEGIN and COMMIT go with the statements: a migration takes one round trip. A batch of one statement each, and not one text
    /// of many, because only then does an error name its statement.
    /// </summary>
    public override async Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        IReadOnlyList<SqlCommand> all = ["BEGIN", .. TransactionTimeouts, .. commands, "COMMIT"];
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

    /// <summary>Alone: what can't be in a transaction can't be in a batch, either.</summary>
    public override async Task ExecuteOutsideAsync(SqlCommand command, CancellationToken cancellation)
    {
        var makesOthersWait = !_hasOwnTimeouts && !MakesNobodyWait(command);
        if (makesOthersWait)
            await ExecuteBatchAsync(Timeouts("SET", Settings.LockTimeout), cancellation);
        await ExecuteBatchAsync([command], cancellation);
        if (makesOthersWait)
            await ExecuteBatchAsync(SessionTimeouts, CancellationToken.None);
    }

    /// <summary>Neither what the server refuses in a transaction, nor what ends transactions itself, such as an anonymous block.</summary>
    public override bool MayBeInTransaction(SqlCommand command) => !SetsUpConnection(command) && !MakesNobodyWait(command)
        && !Regex.IsMatch(command.Text, @"\b(COMMIT|ROLLBACK)\b", RegexOptions.IgnoreCase);

    /// <summary>SET outside of a transaction holds for the session.</summary>
    public override bool SetsUpConnection(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    public override async Task<List<string?[]>> QueryAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            return await WatchedAsync(() => QueryAsync(Connection, sql, cancellation));
        }
        catch (Exception failure) when (IsExpected(failure))
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

    private async Task ExecuteBatchAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(Connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command.Text));
        try
        {
            await WatchedAsync(() => batch.ExecuteNonQueryAsync(cancellation));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            throw Failure(failure, commands, cancellation, batch);
        }
    }

    private static async Task<List<string?[]>> QueryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
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

    /// <summary>It makes nobody wait who reads or writes, wherever it waits itself.</summary>
    private static bool MakesNobodyWait(SqlCommand command) =>
        command.Statement is { } statement && (statement.Words.Contains("CONCURRENTLY") || statement.Words is ["VACUUM", ..] && !statement.Words.Contains("FULL"));

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
}
