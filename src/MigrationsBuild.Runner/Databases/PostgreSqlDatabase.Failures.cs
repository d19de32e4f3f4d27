using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What the server's errors mean.</content>
internal sealed partial class PostgreSqlDatabase
{
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
}
