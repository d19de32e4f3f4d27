using System.Net.Sockets;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>PostgreSQL by Npgsql.</summary>
internal sealed partial class PostgreSqlDatabase : Database
{
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

    public override bool IsLocal => LocalHosts.AreLocal(Host);

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
        // Who may write there could have SQL executed at a rollback, and default privileges give rights on every new table.
        "DO " + SqlText.Literal(
            $"""
            DECLARE other name;
            BEGIN
                FOR other IN SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE c.oid = {SqlText.Literal(JournalName)}::regclass AND a.grantee <> c.relowner LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM %I', {SqlText.Literal(JournalName)}::regclass, other);
                END LOOP;
            END
            """),
    ];

    private string Host => _settings.Host ?? "localhost";

    private bool IsSocket => Host.StartsWith('/') || Host.StartsWith('@');

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Texts are all that is read: the server's types needn't be loaded.</summary>
    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings) =>
        new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableTransportSecurity().ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();

    public override async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        _source = Source(_settings);
        try
        {
            _connection = await _source.OpenConnectionAsync(cancellation);
            await RefuseTransactionPoolingAsync(cancellation);
            await SetUpSessionAsync(cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException or SqlFailure { Kind: FailureKind.ConnectionLost })
        {
            throw ConnectionFailure(failure is SqlFailure ? failure.InnerException! : failure);
        }

        return true;
    }

    private async Task SetUpSessionAsync(CancellationToken cancellation)
    {
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
    }

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        (_connection, _source) = (null, null);
    }
}
