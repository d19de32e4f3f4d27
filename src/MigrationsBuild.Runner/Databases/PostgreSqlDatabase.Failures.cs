using System.Data;
using System.Net.Sockets;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What the server's errors mean.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>A connection that was lost a moment ago can't begin anything.</summary>
    private bool IsExpected(Exception failure) => failure is NpgsqlException or OperationCanceledException or NotSupportedException
        || failure is InvalidOperationException && Connection.FullState is ConnectionState.Closed or ConnectionState.Broken;

    private SqlFailure Failure(Exception failure, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation, NpgsqlBatch? batch = null)
    {
        var server = failure as PostgresException ?? failure.InnerException as PostgresException;
        if (cancellation.IsCancellationRequested && (failure is OperationCanceledException || server?.SqlState == PostgresErrorCodes.QueryCanceled))
            return Cancelled(failure);
        if (server is null)
            return new SqlFailure(null, 0, FailureKind.ConnectionLost, (failure.InnerException?.Message ?? failure.Message).TrimEnd('.'), failure);
        var index = server.BatchCommand is NpgsqlBatchCommand failed ? batch?.BatchCommands.IndexOf(failed) ?? -1 : -1;
        var command = index >= 0 ? commands[index] : commands.Count == 1 ? commands[0] : null;
        var kind = KindOf(server.SqlState, command);
        var message = server.MessageText + (server.Hint is { } hint ? $" ({hint})" : "") + $" [{server.SqlState}]"
            + (kind == FailureKind.Blocked && _blockers.Length > 0 ? $", held by {_blockers}" : "");
        return new SqlFailure(command, server.Position, kind, message, server);
    }

    /// <summary>A statement that the server did not cancel in time is given up together with the connection.</summary>
    private SqlFailure Cancelled(Exception failure) => new(null, 0, FailureKind.Cancelled, "The run was interrupted", failure)
    {
        IsOutcomeUnknown = Connection.FullState is ConnectionState.Closed or ConnectionState.Broken,
    };

    /// <summary>A server that says that it is starting, or ending and perhaps starting again, is there; one that says nothing may never be.</summary>
    public override TimeSpan PatienceWith(MigrationsException failure) => failure.InnerException switch
    {
        null when _isReadOnly => Settings.ConnectTimeout,
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } when Settings.ConnectTimeout < RunSettings.DefaultConnectTimeout => RunSettings.DefaultConnectTimeout,
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException => Settings.ConnectTimeout,
        // Of several servers none is the primary yet.
        NpgsqlException and not PostgresException when _settings.TargetSessionAttributes is not null => Settings.ConnectTimeout,
        _ => TimeSpan.Zero,
    };

    private static FailureKind KindOf(string state, SqlCommand? command) => state switch
    {
        PostgresErrorCodes.DivisionByZero when command is { Guards: var kind } => kind,
        // In recovery a transaction that is to write can't even begin.
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureKind.ReadOnly,
        PostgresErrorCodes.FeatureNotSupported when command == Begin => FailureKind.ReadOnly,
        PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject
            or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateFunction or PostgresErrorCodes.DuplicateDatabase => FailureKind.AlreadyExists,
        PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName => FailureKind.Missing,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => FailureKind.Blocked,
        PostgresErrorCodes.QueryCanceled => FailureKind.TimedOut,
        PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination => FailureKind.NotInTransaction,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => FailureKind.ConnectionLost,
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
}
