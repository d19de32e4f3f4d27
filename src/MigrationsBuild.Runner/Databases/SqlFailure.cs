namespace MigrationsBuild.Runner.Databases;

/// <summary>A statement failed. Its transaction is rolled back.</summary>
internal sealed class SqlFailure(SqlCommand? command, int position, FailureKind kind, string message, Exception inner)
    : Exception(message, inner)
{
    /// <summary>The statement; <see langword="null"/> if the database doesn't say which.</summary>
    public SqlCommand? Command => command;

    /// <summary>The position in the statement, in code points from 1; 0 if the database doesn't report it.</summary>
    public int Position => position;

    public FailureKind Kind => kind;

    /// <summary>Why it fails on the rows of a table; <see langword="null"/> if the rows aren't the cause.</summary>
    public RowViolation? Violation { get; init; }

    /// <summary>Whether the database may have executed it: its answer did not arrive.</summary>
    public bool IsOutcomeUnknown { get; init; } = kind == FailureKind.ConnectionLost;

    /// <summary>Whether another attempt can succeed though the driver doesn't know it: the disk was full, for example.</summary>
    public bool IsTransient { get; init; }
}

/// <summary>The kinds of failures that the runner treats differently.</summary>
internal enum FailureKind
{
    Other,
    AlreadyExists,
    NoRights,
    DuplicateKey,
    Cancelled,
    ConnectionLost,

    /// <summary>The object that was to be dropped or altered doesn't exist.</summary>
    Missing,

    /// <summary>Another session had a lock for too long; nothing is wrong with the statement.</summary>
    Blocked,

    /// <summary>It took longer than the limit.</summary>
    TimedOut,

    /// <summary>The SQL of the application's history repository didn't record the migration.</summary>
    NotRecorded,

    /// <summary>The file is not readable as a database.</summary>
    Unreadable,

    /// <summary>It needs a function or collation that only the application's own connection has.</summary>
    NotRegistered,

    /// <summary>An object that a table's rebuild drops can't be restored.</summary>
    NotRestored,

    /// <summary>It can't be in a transaction.</summary>
    NotInTransaction,

    /// <summary>The run no longer has the lock that keeps other runs out.</summary>
    LockLost,

    /// <summary>The file of the database can't be written.</summary>
    NotWritable,

    /// <summary>The server accepts no changes: it is a standby, or has just become one.</summary>
    ReadOnly,
}
