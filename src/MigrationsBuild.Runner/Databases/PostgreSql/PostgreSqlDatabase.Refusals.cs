using System.Net.Sockets;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>Why there is no connection, and whether to try again helps.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>
    /// A server that says that it is starting, or ending and perhaps starting again, is there; one that says nothing may never be.
    /// </summary>
    public override TimeSpan PatienceWith(MigrationsException failure) => failure.InnerException switch
    {
        null when _server.IsReadOnly => Settings.ConnectTimeout,
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } when Settings.ConnectTimeout < RunSettings.DefaultConnectTimeout =>
            RunSettings.DefaultConnectTimeout,
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException => Settings.ConnectTimeout,
        // Of several servers none is the primary yet.
        NpgsqlException and not PostgresException when _server.IsChosenByRole => Settings.ConnectTimeout,
        _ => TimeSpan.Zero,
    };

    /// <summary>
    /// Whether something in the driver failed, rather than in what we make of it. A driver throws nearly everything: what its own parts
    /// throw, those of the network and of the runtime's security.
    /// </summary>
    private static bool IsDrivers(Exception failure, CancellationToken cancellation) =>
        failure is not (SqlFailure or MigrationsException)
        && !(failure is OperationCanceledException && cancellation.IsCancellationRequested);

    private MigrationsException ConnectionFailure(Exception failure)
    {
        if (OfServer(failure) is { } server)
            return Refused(server);
        var text = Secrets.Mask((failure.InnerException?.Message ?? failure.Message).TrimEnd('.'));
        var (code, message) = failure switch
        {
            NpgsqlException when failure.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
                (DiagnosticCodes.LoginFailed, $"The server wants a password, and the connection string has none: {Description}."),
            _ when IsPassing(failure) =>
                (DiagnosticCodes.Unreachable, $"No server answers for {Description}: {text}. See that it runs and that host and port are right."),
            _ => (
                DiagnosticCodes.SettingsRefused,
                $"There can't be a connection to {Description} with these settings: {text}. Correct the connection string, or the server."),
        };
        return new MigrationsException(code, message, inner: failure);
    }

    private MigrationsException Refused(PostgresException server)
    {
        var said = $"{server.MessageText} [{server.SqlState}]";
        var (code, message) = server.SqlState switch
        {
            PostgresErrorCodes.InvalidAuthorizationSpecification when IsForWantOfSsl(server) => (
                DiagnosticCodes.SettingsRefused,
                $"The server refuses this login without SSL, and the connection string says SSL Mode={_server.SslMode}: {said}. "
                + "Set SSL Mode=Require."),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                DiagnosticCodes.LoginFailed,
                $"The server refuses the login: {server.MessageText}. Correct user or password of the connection string."),
            PostgresErrorCodes.InsufficientPrivilege => (
                DiagnosticCodes.NoRights,
                $"{said}. Have an administrator grant {_server.User} CONNECT on the database {Name}."),
            _ when IsAboutSettings(server) => (
                DiagnosticCodes.SettingsRefused,
                $"The server refuses the settings of the connection to {Description}: {said}. "
                + "Correct the connection string, or what is set for the role or the database."),
            _ => (DiagnosticCodes.Unreachable, $"The server refuses the connection to {Description}: {said}."),
        };
        return new MigrationsException(code, message, inner: server);
    }

    /// <summary>
    /// Nothing answers now, or something has cut the connection. A file that is missing on this machine will be missing again.
    /// </summary>
    private bool IsPassing(Exception failure) => failure switch
    {
        NpgsqlException { InnerException: AggregateException all } => all.InnerExceptions.Count == 0 || all.InnerExceptions.Any(IsPassing),
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException or OperationCanceledException => true,
        FileNotFoundException or DirectoryNotFoundException => false,
        IOException => true,
        // It was open, and is not any more.
        InvalidOperationException => _connection is not null,
        _ => false,
    };

    /// <summary>
    /// Values that mean nothing, names that do not exist, what the server does not have; and what PgBouncer says of a setting.
    /// </summary>
    private static bool IsAboutSettings(PostgresException server) => server.SqlState[..2] is "22" or "42" or "0A"
        || (server.SqlState == PostgresErrorCodes.ProtocolViolation
            && server.MessageText.Contains("startup parameter", StringComparison.Ordinal));

    /// <summary>As PostgreSQL says it, before and from version 12.</summary>
    private bool IsForWantOfSsl(PostgresException server) => _server.SslMode is SslMode.Disable or SslMode.Allow
        && (server.MessageText.Contains("SSL off", StringComparison.Ordinal)
            || server.MessageText.Contains("no encryption", StringComparison.Ordinal));

    /// <summary>What a server said; of several servers, the first one that said anything.</summary>
    private static PostgresException? OfServer(Exception failure) => failure switch
    {
        PostgresException server => server,
        NpgsqlException { InnerException: PostgresException server } => server,
        NpgsqlException { InnerException: AggregateException all } => all.InnerExceptions.OfType<PostgresException>().FirstOrDefault(),
        _ => null,
    };
}
