using System.Net.Sockets;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Explains why there is no connection, and whether another attempt can help.</summary>
/// <param name="server">The server.</param>
/// <param name="settings">How long an attempt may be repeated.</param>
internal sealed class ConnectionFailures(PostgreSqlServer server, RunSettings settings)
{
    /// <summary>How long to repeat an attempt that failed.</summary>
    /// <remarks>
    /// A server that reports that it is starting, or shutting down and perhaps restarting, exists. One that doesn't answer may never exist.
    /// </remarks>
    public TimeSpan PatienceWith(MigrationsException failure) => failure.InnerException switch
    {
        null when server.IsReadOnly => settings.ConnectTimeout,
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow }
            when settings.ConnectTimeout < RunSettings.DefaultConnectTimeout => RunSettings.DefaultConnectTimeout,
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException => settings.ConnectTimeout,
        // Of several servers none is the primary yet.
        NpgsqlException and not PostgresException when server.IsChosenByRole => settings.ConnectTimeout,
        _ => TimeSpan.Zero,
    };

    /// <summary>Whether something in the driver failed, rather than in the code that uses it.</summary>
    /// <remarks>A driver throws nearly everything: its own exceptions, those of the network, and those of the runtime's security.</remarks>
    public static bool IsOfDriver(Exception failure, CancellationToken cancellation) =>
        failure is not (SqlFailure or MigrationsException)
        && !(failure is OperationCanceledException && cancellation.IsCancellationRequested);

    /// <summary>The server's own error; of several servers, that of the first one that reported any.</summary>
    public static PostgresException? ServerError(Exception failure) => failure switch
    {
        PostgresException error => error,
        NpgsqlException { InnerException: PostgresException error } => error,
        NpgsqlException { InnerException: AggregateException all } => all.InnerExceptions.OfType<PostgresException>().FirstOrDefault(),
        _ => null,
    };

    /// <summary>Whether the server answers and doesn't have the database.</summary>
    public static bool IsMissingDatabase(Exception failure) =>
        ServerError(failure) is { SqlState: PostgresErrorCodes.InvalidCatalogName };

    /// <summary>The failure as a diagnostic.</summary>
    /// <param name="failure">An exception of the driver.</param>
    /// <param name="wasOpen">Whether the connection was open before.</param>
    public MigrationsException Explain(Exception failure, bool wasOpen = false)
    {
        if (ServerError(failure) is { } error)
            return Refused(error);
        var text = Secrets.Mask((failure.InnerException?.Message ?? failure.Message).TrimEnd('.'));
        var (code, message) = failure switch
        {
            NpgsqlException when failure.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => (
                DiagnosticCodes.LoginFailed,
                $"The server wants a password, and the connection string has none: {server.Description}."),
            _ when IsTemporary(failure, wasOpen) => (
                DiagnosticCodes.Unreachable,
                $"No server answers for {server.Description}: {text}. Check that it is running and that host and port are correct."),
            _ => (
                DiagnosticCodes.SettingsRefused,
                $"A connection to {server.Description} isn't possible with these settings: {text}. "
                + "Correct the connection string, or the server."),
        };
        return new MigrationsException(code, message, inner: failure);
    }

    private MigrationsException Refused(PostgresException error)
    {
        var reported = $"{error.MessageText} [{error.SqlState}]";
        var (code, message) = error.SqlState switch
        {
            PostgresErrorCodes.InvalidAuthorizationSpecification when LacksSsl(error) => (
                DiagnosticCodes.SettingsRefused,
                $"The server refuses this login without SSL, and the connection string says SSL Mode={server.SslMode}: {reported}. "
                + "Set SSL Mode=Require."),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                DiagnosticCodes.LoginFailed,
                $"The server refuses the login: {error.MessageText}. Correct user or password of the connection string."),
            PostgresErrorCodes.InsufficientPrivilege => (
                DiagnosticCodes.NoPermission,
                $"{reported}. Have an administrator grant {server.User} CONNECT on the database {server.Database}."),
            _ when IsAboutSettings(error) => (
                DiagnosticCodes.SettingsRefused,
                $"The server refuses the settings of the connection to {server.Description}: {reported}. "
                + "Correct the connection string, or the settings of the role or the database."),
            _ => (DiagnosticCodes.Unreachable, $"The server refuses the connection to {server.Description}: {reported}."),
        };
        return new MigrationsException(code, message, inner: error);
    }

    /// <summary>
    /// Whether nothing answers now, or the connection was cut. A file that is missing on this machine will be missing again.
    /// </summary>
    private static bool IsTemporary(Exception failure, bool wasOpen) => failure switch
    {
        NpgsqlException { InnerException: AggregateException all } =>
            all.InnerExceptions.Count == 0 || all.InnerExceptions.Any(one => IsTemporary(one, wasOpen)),
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException or OperationCanceledException => true,
        FileNotFoundException or DirectoryNotFoundException => false,
        IOException => true,
        // The driver throws this for a connection that is no longer open.
        InvalidOperationException => wasOpen,
        _ => false,
    };

    /// <summary>
    /// Whether the server refuses a setting: an invalid value, a name that doesn't exist, a feature that it doesn't have; or PgBouncer's
    /// message about a startup parameter.
    /// </summary>
    private static bool IsAboutSettings(PostgresException error) => error.SqlState[..2] is "22" or "42" or "0A"
        || (error.SqlState == PostgresErrorCodes.ProtocolViolation
            && error.MessageText.Contains("startup parameter", StringComparison.Ordinal));

    /// <summary>The text is another one before PostgreSQL 12.</summary>
    private bool LacksSsl(PostgresException error) => server.SslMode is SslMode.Disable or SslMode.Allow
        && (error.MessageText.Contains("SSL off", StringComparison.Ordinal)
            || error.MessageText.Contains("no encryption", StringComparison.Ordinal));
}
