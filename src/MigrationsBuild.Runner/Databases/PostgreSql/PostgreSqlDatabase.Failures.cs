using System.Data;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>What the server's errors mean.</content>
internal sealed partial class PostgreSqlDatabase
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>From PostgreSQL 17.</summary>
    private const string TransactionTimeout = "25P04";

    private SqlFailure Failure(Exception failure, IReadOnlyList<SqlCommand> commands, CancellationToken cancellation, NpgsqlBatch? batch = null)
    {
        var server = failure as PostgresException ?? failure.InnerException as PostgresException;
        if (cancellation.IsCancellationRequested && (failure is OperationCanceledException || server?.SqlState == PostgresErrorCodes.QueryCanceled))
            return Cancelled(failure);
        if (server is null)
            return DriversOwn(failure, commands);
        var index = server.BatchCommand is NpgsqlBatchCommand failed ? batch?.BatchCommands.IndexOf(failed) ?? -1 : -1;
        var command = index >= 0 ? commands[index] : commands.Count == 1 ? commands[0] : null;
        var kind = IsOver(server) ? FailureKind.ConnectionLost : KindOf(server.SqlState, command);
        // What was deferred is checked there.
        var message = (command == Commit ? "At the COMMIT: " : "") + server.MessageText + (server.Hint is { } hint ? $" ({hint})" : "") + $" [{server.SqlState}]"
            + (kind == FailureKind.Blocked && _blockers.Length > 0 ? $", held by {_blockers}" : "");
        return new SqlFailure(command, server.Position, kind, message, server);
    }

    /// <summary>
    /// Something in the driver failed, and the server has said nothing. What the driver doesn't support, such as the data of a COPY, fails
    /// again each time, and costs the connection all the same.
    /// </summary>
    private SqlFailure DriversOwn(Exception failure, IReadOnlyList<SqlCommand> commands)
    {
        var isLost = Connection.FullState is ConnectionState.Closed or ConnectionState.Broken;
        var kind = failure is not NotSupportedException && (isLost || failure is NpgsqlException or OperationCanceledException)
            ? FailureKind.ConnectionLost
            : FailureKind.Other;
        var message = (failure.InnerException?.Message ?? failure.Message).TrimEnd('.');
        return new SqlFailure(commands.Count == 1 ? commands[0] : null, 0, kind, message, failure) { IsOutcomeUnknown = isLost || kind == FailureKind.ConnectionLost };
    }

    /// <summary>
    /// The server has ended the session: for its own end, for an administrator, or because the session was idle or in its transaction for too
    /// long. Everything that it reports as fatal ends the session.
    /// </summary>
    private static bool IsOver(PostgresException server) => server.InvariantSeverity is "FATAL" or "PANIC" || EndsSession(server.SqlState);

    private static bool EndsSession(string state) => state.StartsWith("57P0", StringComparison.Ordinal)
        || state is IdleInTransactionTimeout or TransactionTimeout;

    /// <summary>A statement that the server did not cancel in time is given up together with the connection.</summary>
    private SqlFailure Cancelled(Exception failure) => new(null, 0, FailureKind.Cancelled, "The run was interrupted", failure)
    {
        IsOutcomeUnknown = Connection.FullState is ConnectionState.Closed or ConnectionState.Broken,
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
        PostgresErrorCodes.InsufficientPrivilege => FailureKind.NoRights,
        PostgresErrorCodes.UniqueViolation => FailureKind.DuplicateKey,
        _ => FailureKind.Other,
    };
}
