using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>Translates SQLite's errors and finds their positions.</summary>
internal static class SqliteErrors
{
    public const int CannotOpen = 14;

    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    /// <summary>
    /// The offset of the error in the statement, in bytes of UTF-8; -1 if it has none. SQLitePCLRaw doesn't expose it.
    /// </summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_error_offset")]
    private static extern int ErrorOffset(IntPtr connection);

    /// <summary>Errors about objects that only an application can register.</summary>
    private static readonly Regex _unregistered = new("no such collation sequence|no such function|unknown function|no such module");

    /// <summary>The failure of a statement.</summary>
    /// <param name="failure">The exception of the driver.</param>
    /// <param name="command">The statement.</param>
    /// <param name="connection">The connection that executed it.</param>
    /// <param name="file">The file.</param>
    public static SqlFailure Translate(Exception failure, SqlCommand command, SqliteConnection connection, SqliteFile file)
    {
        if (failure is OperationCanceledException or SqliteException { SqliteErrorCode: Interrupted })
            return new SqlFailure(null, 0, FailureKind.Cancelled, "The run was interrupted", failure);
        if (failure is not SqliteException sqlite)
            return new SqlFailure(command, 0, FailureKind.Other, failure.Message.TrimEnd('.'), failure);
        var kind = sqlite.SqliteErrorCode switch
        {
            1 when command.Guards != FailureKind.Other => command.Guards,
            Constraint => FailureKind.DuplicateKey,
            1 when IsAboutExisting(sqlite.Message) => FailureKind.AlreadyExists,
            1 when _unregistered.IsMatch(sqlite.Message) => FailureKind.NotRegistered,
            Corrupt or NotADatabase => FailureKind.Unreadable,
            1 when OnlyOutside(sqlite.Message) => FailureKind.NotInTransaction,
            ReadOnly => FailureKind.NotWritable,
            Busy or Locked => FailureKind.Blocked,
            _ => FailureKind.Other,
        };
        var bytes = ErrorOffset(connection.Handle!.DangerousGetHandle());
        // Counts the bytes that begin a code point.
        var position = bytes < 0 ? 0 : 1 + Encoding.UTF8.GetBytes(command.Text).Take(bytes).Count(b => (b & 0xC0) != 0x80);
        var cause = sqlite.Message.TrimEnd('.');
        var message = kind switch
        {
            FailureKind.Unreadable => $"The {file.Description} can't be read: {cause}. "
                + $"It is encrypted, damaged, or not an SQLite database. {SqliteFile.NoEncryption}",
            FailureKind.NotWritable => $"The {file.Description} can't be written: {cause}. "
                + "Make the file and its folder writable for this user. If the connection string contains Mode=ReadOnly, remove it",
            _ => cause,
        };
        return new SqlFailure(command, position, kind, message, sqlite)
        {
            IsTransient = sqlite.SqliteErrorCode is OutOfMemory or InputOutput or Full,
            Violation = ViolationOf(sqlite),
        };
    }

    /// <summary>
    /// Whether another connection has the lock. A transaction that has read an older state than the newest one would never get it.
    /// </summary>
    public static bool EndsByWaiting(SqliteException failure) =>
        failure.SqliteErrorCode == Busy && failure.SqliteExtendedErrorCode != raw.SQLITE_BUSY_SNAPSHOT;

    private static RowViolation? ViolationOf(SqliteException failure) => failure.SqliteExtendedErrorCode switch
    {
        raw.SQLITE_CONSTRAINT_NOTNULL => RowViolation.Null,
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => RowViolation.Duplicate,
        raw.SQLITE_CONSTRAINT_CHECK or raw.SQLITE_CONSTRAINT_FOREIGNKEY => RowViolation.Constraint,
        _ => null,
    };

    private static bool IsAboutExisting(string message) =>
        message.Contains("already exists", StringComparison.Ordinal) || message.Contains("duplicate column", StringComparison.Ordinal);

    /// <summary>
    /// VACUUM, DETACH, and PRAGMA statements, for which SQLite has no code of their own: "cannot VACUUM from within a transaction".
    /// </summary>
    private static bool OnlyOutside(string message) =>
        message.Contains("within a transaction", StringComparison.Ordinal)
        || message.Contains("within transaction", StringComparison.Ordinal)
        || message.Contains("inside a transaction", StringComparison.Ordinal);
}
