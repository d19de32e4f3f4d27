using System.Data;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Translates the exceptions of a statement into <see cref="SqlFailure"/>.</summary>
/// <param name="connection">The connection that executed it.</param>
internal sealed class ServerErrors(NpgsqlConnection connection)
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>From PostgreSQL 17.</summary>
    private const string TransactionTimeout = "25P04";

    private bool IsClosed => connection.FullState is ConnectionState.Closed or ConnectionState.Broken;

    /// <summary>The failure of a batch.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="commands">Its statements.</param>
    /// <param name="blockingSessions">The sessions that had the lock for which it waited; empty if none is known.</param>
    public SqlFailure Translate(
        Exception failure,
        NpgsqlBatch batch,
        IReadOnlyList<SqlCommand> commands,
        string blockingSessions,
        CancellationToken cancellation)
    {
        var error = failure as PostgresException ?? failure.InnerException as PostgresException;
        if (cancellation.IsCancellationRequested
            && (failure is OperationCanceledException || error?.SqlState == PostgresErrorCodes.QueryCanceled))
        {
            return Cancelled(failure);
        }

        if (error is null)
            return OfDriver(failure, commands);
        var index = error.BatchCommand is NpgsqlBatchCommand failed ? batch.BatchCommands.IndexOf(failed) : -1;
        var command = index >= 0 ? commands[index] : commands.Count == 1 ? commands[0] : null;
        var kind = EndsSession(error) ? FailureKind.ConnectionLost : KindOf(error.SqlState, command);
        var message = string.Concat(
            // Deferred constraints are checked there.
            command == SessionState.Commit ? "At the COMMIT: " : "",
            error.MessageText,
            error.Hint is { } hint ? $" ({hint})" : "",
            $" [{error.SqlState}]",
            kind == FailureKind.Blocked && blockingSessions.Length > 0 ? $", held by {blockingSessions}" : "");
        return new SqlFailure(command, error.Position, kind, message, error) { Violation = ViolationOf(error.SqlState) };
    }

    /// <summary>
    /// Whether the server has ended the session: because it shuts down, because an administrator ended it, or because it was idle or in its
    /// transaction for too long. Everything that the server reports as fatal ends the session.
    /// </summary>
    public static bool EndsSession(PostgresException error) => error.InvariantSeverity is "FATAL" or "PANIC"
        || error.SqlState.StartsWith("57P0", StringComparison.Ordinal)
        || error.SqlState is IdleInTransactionTimeout or TransactionTimeout;

    /// <summary>
    /// The driver failed, and the server reported nothing. A feature that the driver doesn't support, such as the data of a COPY, fails
    /// again each time, and breaks the connection as well.
    /// </summary>
    private SqlFailure OfDriver(Exception failure, IReadOnlyList<SqlCommand> commands)
    {
        var isLost = IsClosed;
        var kind = failure is not NotSupportedException && (isLost || failure is NpgsqlException or OperationCanceledException)
            ? FailureKind.ConnectionLost
            : FailureKind.Other;
        var message = (failure.InnerException?.Message ?? failure.Message).TrimEnd('.');
        return new SqlFailure(commands.Count == 1 ? commands[0] : null, 0, kind, message, failure)
        {
            IsOutcomeUnknown = isLost || kind == FailureKind.ConnectionLost,
        };
    }

    /// <summary>The driver closes the connection if the server does not cancel a statement in time.</summary>
    private SqlFailure Cancelled(Exception failure) =>
        new(null, 0, FailureKind.Cancelled, "The run was interrupted", failure) { IsOutcomeUnknown = IsClosed };

    private static RowViolation? ViolationOf(string state) => state switch
    {
        PostgresErrorCodes.NotNullViolation => RowViolation.Null,
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => RowViolation.Duplicate,
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation => RowViolation.Constraint,
        // "Data exception": a value is too long, out of range, or isn't one of the type.
        _ when state.StartsWith("22", StringComparison.Ordinal) => RowViolation.Value,
        _ => null,
    };

    private static FailureKind KindOf(string state, SqlCommand? command) => state switch
    {
        PostgresErrorCodes.DivisionByZero when command is { Guards: var kind } => kind,
        // In recovery a transaction that is to write can't even begin.
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureKind.ReadOnly,
        PostgresErrorCodes.FeatureNotSupported when command == SessionState.Begin => FailureKind.ReadOnly,
        PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateColumn or PostgresErrorCodes.DuplicateObject
            or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateFunction
            or PostgresErrorCodes.DuplicateDatabase => FailureKind.AlreadyExists,
        PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName => FailureKind.Missing,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => FailureKind.Blocked,
        PostgresErrorCodes.QueryCanceled => FailureKind.TimedOut,
        PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination => FailureKind.NotInTransaction,
        PostgresErrorCodes.InsufficientPrivilege => FailureKind.NoRights,
        PostgresErrorCodes.UniqueViolation => FailureKind.DuplicateKey,
        _ => FailureKind.Other,
    };
}
