using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>One statement to execute.</summary>
/// <param name="Text">The statement, without semicolon.</param>
/// <param name="Statement">The statement of an SQL file that it is; <see langword="null"/> if it is one of ours.</param>
internal sealed record SqlCommand(string Text, SqlStatement? Statement = null)
{
    public static implicit operator SqlCommand(string text) => new(text);
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

    /// <summary>It can't be in a transaction.</summary>
    NotInTransaction,
}
