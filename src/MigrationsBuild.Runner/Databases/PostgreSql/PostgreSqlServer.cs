using System.Data.Common;
using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// The server and the database that a connection string names. It may name a primary and its standbys in any order, and after a failover
/// the primary is another one. All connections of a run go to the server that <see cref="OpenAsync"/> has found.
/// </summary>
internal sealed class PostgreSqlServer
{
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly bool _writes;
    private NpgsqlConnectionStringBuilder? _found;

    /// <param name="connectionString">The connection string.</param>
    /// <param name="writes">Whether the run needs a server that accepts writes.</param>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="MigrationsException">It names no server.</exception>
    public PostgreSqlServer(string connectionString, bool writes)
    {
        _writes = writes;
        _settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            // It shares connections of a pool.
            Multiplexing = false,
            Enlist = false,
            CommandTimeout = 0,
            // A long statement sends nothing, and a router or firewall on the way may drop a connection that is silent.
            TcpKeepAlive = true,
            // Without it an error doesn't say which statement of a batch failed.
            IncludeFailedBatchedCommand = true,
            // A migration starts without prepared statements, so the driver can have none of its own.
            MaxAutoPrepare = 0,
        };
        _settings.ApplicationName ??= "MigrationsBuild";
        if (string.IsNullOrEmpty(_settings.Host))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection, "The connection string has no Host. Add the server's name: Host=…");
        }

        ChooseEncryption(_settings);
        ChooseServer(_settings, writes);
        _settings.Database ??= _settings.Username ?? Environment.UserName;
    }

    /// <summary>The name of the database.</summary>
    public string Database => _settings.Database!;

    /// <summary>The user of the connection string; <see langword="null"/> if it names none.</summary>
    public string? User => _settings.Username;

    public SslMode SslMode => _settings.SslMode;

    /// <summary>The database, the server and the user, for people.</summary>
    public string Description =>
        $"database {Database} on {Host}{(IsSocket ? "" : $":{_settings.Port}")} as {User ?? Environment.UserName}";

    /// <summary>Whether each host is a loopback address or a local socket.</summary>
    public bool IsLocal => LocalHosts.AreLocal(Host);

    /// <summary>Whether the run looks for a server of a certain kind among several.</summary>
    public bool IsChosenByRole => _settings.TargetSessionAttributes is not null;

    /// <summary>Whether the run has to write and the server is a standby.</summary>
    public bool IsReadOnly { get; private set; }

    private string Host => _settings.Host!;

    private bool IsSocket => Host.StartsWith('/') || Host.StartsWith('@');

    /// <summary>The connection string of the one server that this run uses.</summary>
    private NpgsqlConnectionStringBuilder Found => _found ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Opens the first connection, which decides on the server.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await ConnectAsync(_settings, cancellation);
        _found = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Host = connection.Host, Port = connection.Port };
        _found.Remove("Target Session Attributes");
        return connection;
    }

    /// <summary>Opens another connection to the server that <see cref="OpenAsync"/> has found.</summary>
    public Task<NpgsqlConnection> OpenSecondAsync(CancellationToken cancellation) => ConnectAsync(Found, cancellation);

    /// <summary>Opens a connection to another database of the server.</summary>
    /// <param name="database">The database's name.</param>
    public Task<NpgsqlConnection> OpenDatabaseAsync(string database, CancellationToken cancellation) =>
        ConnectAsync(new NpgsqlConnectionStringBuilder((_found ?? _settings).ConnectionString) { Database = database }, cancellation);

    /// <summary>A connection to that server which gives up soon; it is not open yet.</summary>
    /// <param name="seconds">The timeout for the login and for each statement.</param>
    public NpgsqlConnection ImpatientConnection(int seconds) => new(
        new NpgsqlConnectionStringBuilder(Found.ConnectionString)
        {
            Timeout = seconds,
            CommandTimeout = seconds,
            CancellationTimeout = -1,
        }.ConnectionString);

    /// <exception cref="MigrationsException">The server is a standby, and the run has to write.</exception>
    public void RequireWritable(bool isStandby)
    {
        IsReadOnly = _writes && isStandby;
        if (IsReadOnly)
        {
            throw new MigrationsException(
                DiagnosticCodes.Unreachable,
                string.Create(CultureInfo.InvariantCulture, $"The server at {Found.Host}:{Found.Port} is read-only: it is a standby. ")
                + "Connect to the primary, or list all servers (Host=a,b); the runner then uses the primary. "
                + "During a failover, run again.");
        }
    }

    /// <summary>
    /// By default, the driver first asks for encryption by Kerberos, with a round trip and libraries that it has to load. Between a process
    /// and its own machine, that is left out unless somebody has asked for it.
    /// </summary>
    private static void ChooseEncryption(NpgsqlConnectionStringBuilder settings)
    {
        // Npgsql's own builder says of every keyword that it contains it.
        var isChosen = new DbConnectionStringBuilder { ConnectionString = settings.ConnectionString }.ContainsKey("GSS Encryption Mode")
            || Environment.GetEnvironmentVariable("PGGSSENCMODE") is not null;
        if (!isChosen && LocalHosts.AreLocal(settings.Host!))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
    }

    private static void ChooseServer(NpgsqlConnectionStringBuilder settings, bool writes)
    {
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return;
        if (writes)
            settings.TargetSessionAttributes = "primary";
        else
            settings.TargetSessionAttributes ??= "prefer-primary";
        // Each attempt asks again which server is the primary, instead of remembering the answer of the last one.
        settings.HostRecheckSeconds = 0;
    }

    /// <summary>Only texts are read, so the server's types needn't be loaded.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        await using var source = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString)
            .EnableTransportSecurity()
            .EnableIntegratedSecurity()
            .ConfigureTypeLoading(types => types.EnableTypeLoading(false))
            .Build();
        return await source.OpenConnectionAsync(cancellation);
    }
}
