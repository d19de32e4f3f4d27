using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>One statement to execute.</summary>
/// <param name="Text">The statement, without semicolon.</param>
/// <param name="Statement">The statement of an SQL file that it is; <see langword="null"/> if it is one of ours.</param>
internal sealed record SqlCommand(string Text, SqlStatement? Statement = null)
{
    /// <summary>The values of <c>$1</c>, <c>$2</c>, …: a <see cref="string"/>, a <see cref="long"/>, or <see langword="null"/> for a text.</summary>
    public IReadOnlyList<object?> Parameters { get; init; } = [];

    /// <summary>Of a statement of ours that fails on purpose, by a division by zero: what that means.</summary>
    public FailureKind Guards { get; init; }

    public static implicit operator SqlCommand(string text) => new(text);

    /// <summary>One of our own statements. Values are parameters, because a migration may have changed how literals are read.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">See <see cref="Parameters"/>.</param>
    public static SqlCommand Own(string text, params object?[] parameters) => new(text) { Parameters = parameters };
}

/// <summary>A statement failed. Nothing of its transaction stays.</summary>
internal sealed class SqlFailure(SqlCommand? command, int position, FailureKind kind, string message, Exception inner) : Exception(message, inner)
{
    /// <summary>The statement, if the database says which.</summary>
    public SqlCommand? Command => command;

    /// <summary>Where in the statement, in code points from 1; 0 if the database doesn't say.</summary>
    public int Position => position;

    public FailureKind Kind => kind;

    /// <summary>Whether the database may have done it nevertheless: its answer did not arrive.</summary>
    public bool IsOutcomeUnknown { get; init; } = kind == FailureKind.ConnectionLost;

    /// <summary>Whether the driver can't say that it may go well later, and it may: there was no room on the disk, say.</summary>
    public bool IsTransient { get; init; }
}

/// <summary>What a failure calls for.</summary>
internal enum FailureKind
{
    Other,
    AlreadyExists,
    NoRights,
    DuplicateKey,
    Cancelled,
    ConnectionLost,

    /// <summary>What was to be dropped or altered isn't there.</summary>
    Missing,

    /// <summary>Somebody else held a lock for too long; nothing is wrong with the statement.</summary>
    Blocked,

    /// <summary>It took longer than it may.</summary>
    TimedOut,

    /// <summary>The application's own history repository has not written what it was to write.</summary>
    NotRecorded,

    /// <summary>The file can't be read as a database.</summary>
    Unreadable,

    /// <summary>It needs what only the application's own connection has.</summary>
    NotRegistered,

    /// <summary>What a table's rebuild drops can't be restored.</summary>
    NotRestored,

    /// <summary>It can't be in a transaction.</summary>
    NotInTransaction,

    /// <summary>The lock that keeps other runs out isn't ours any more.</summary>
    LockLost,

    /// <summary>The server takes no changes: it is a standby, or has just become one.</summary>
    ReadOnly,
}
