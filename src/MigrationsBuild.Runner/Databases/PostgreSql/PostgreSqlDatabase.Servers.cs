using System.Globalization;
using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// Which of several servers is used. A connection string may name a primary and its standbys in any order, and during a failover the
/// primary is another one than a minute ago. All connections of a run go to the server that the first one has found.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    private bool _isReadOnly;
    private NpgsqlConnectionStringBuilder? _server;

    /// <summary>The connection string of the one server that this run uses.</summary>
    private NpgsqlConnectionStringBuilder Server => _server ?? throw new InvalidOperationException("Not connected.");

    private static void ChooseServer(NpgsqlConnectionStringBuilder settings, bool writes)
    {
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return;
        if (writes)
            settings.TargetSessionAttributes = "primary";
        else
            settings.TargetSessionAttributes ??= "prefer-primary";
        // Which one is the primary is asked each time, not remembered from the last attempt.
        settings.HostRecheckSeconds = 0;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        await using var any = Source(_settings);
        var connection = await any.OpenConnectionAsync(cancellation);
        _server = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Host = connection.Host, Port = connection.Port };
        _server.Remove("Target Session Attributes");
        return connection;
    }

    /// <exception cref="MigrationsException">The server is a standby, and the run has to write.</exception>
    private void RequireWritable(bool isStandby)
    {
        _isReadOnly = _writes && isStandby;
        if (_isReadOnly)
            throw ReadOnly("it is a standby");
    }

    private MigrationsException ReadOnly(string why, Exception? inner = null) => new(
        DiagnosticCodes.Unreachable,
        string.Create(CultureInfo.InvariantCulture, $"The server at {Server.Host}:{Server.Port} is read-only: {why}. Connect to the primary, or list all servers (Host=a,b); the runner then uses the primary. During a failover, run again."),
        inner: inner);

    /// <summary>What a server said; of several servers, the first one that said anything.</summary>
    private static PostgresException? OfServer(Exception failure) => failure switch
    {
        PostgresException server => server,
        NpgsqlException { InnerException: PostgresException server } => server,
        NpgsqlException { InnerException: AggregateException all } => all.InnerExceptions.OfType<PostgresException>().FirstOrDefault(),
        _ => null,
    };
}
