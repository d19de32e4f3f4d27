using System.Globalization;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// The statements that give the session its state. Migrations must not affect each other, so each, and each part of one, starts from the
/// state that the connection, the role and the database configure, as if it ran alone. The statements do what <c>DISCARD ALL</c> does,
/// without releasing the lock and inside the transaction: if one of them fails, nothing of the migration runs.
/// </summary>
/// <param name="settings">The timeouts.</param>
/// <param name="advisoryLock">The lock that the session must still have.</param>
internal sealed class SessionState(RunSettings settings, AdvisoryLock advisoryLock)
{
    private string _user = "";
    private string _role = "none";
    private bool _checksClient;

    /// <summary>The first statement of <see cref="Fresh"/>.</summary>
    public static SqlCommand ResetAll { get; } = "RESET ALL";

    /// <summary>
    /// Explicit, because an earlier migration may have set <c>default_transaction_read_only</c> or the like. Read committed is PostgreSQL's
    /// own default.
    /// </summary>
    public static SqlCommand Begin { get; } = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    public static SqlCommand Commit { get; } = "COMMIT";

    /// <summary>
    /// Has names mean PostgreSQL's own objects until the transaction ends: another role may have created functions and operators of the
    /// same names in a schema of the user's search path (CVE-2018-1058).
    /// </summary>
    public static SqlCommand SafePath => "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)";

    /// <summary>Has a query fail until the transaction ends if row level security would hide rows from it.</summary>
    public static SqlCommand AllRows => "SELECT pg_catalog.set_config('row_security', 'off', true)";

    /// <summary>Makes the session the run's own for a transaction of our own statements, and fails if the lock is lost.</summary>
    public SqlCommand OwnTransaction => Own(settings.LockTimeout, advisoryLock.RequireExpression);

    /// <summary>Makes the session the run's own again after the statements of a migration, and keeps the lock.</summary>
    public SqlCommand AfterMigration => Own(settings.LockTimeout, advisoryLock.KeepExpression);

    /// <summary>
    /// Makes the session the run's own for a query. PostgreSQL would compile the query of a large catalog, which takes as long as the query
    /// itself.
    /// </summary>
    public SqlCommand OwnQuery => Own(Patience, "pg_catalog.set_config('jit', 'off', true)");

    /// <summary>Makes the session the run's own for a query of rows, which waits for a lock no longer than a migration.</summary>
    public SqlCommand OwnRead => Own(settings.LockTimeout, "NULL");

    /// <summary>Has statements outside a transaction wait for a lock no longer than those in one.</summary>
    public SqlCommand SessionLockTimeout =>
        SqlCommand.Own("SELECT pg_catalog.set_config('lock_timeout', $1, false)", Milliseconds(settings.LockTimeout));

    /// <summary>Gives a new session the settings of the run.</summary>
    public SqlCommand Initial => RunSettingsFor(Patience);

    /// <summary>
    /// How long statements may wait that make no other session wait, such as reads and indexes that are built concurrently.
    /// </summary>
    private TimeSpan Patience => settings.LockTimeout == TimeSpan.Zero || settings.LockTimeout > settings.WaitTimeout
        ? settings.LockTimeout
        : settings.WaitTimeout;

    /// <summary>Takes over the user and the role of a new session.</summary>
    public void Remember(SessionFacts facts) => (_user, _role, _checksClient) = (facts.User, facts.Role, facts.ChecksClient);

    /// <summary>
    /// The state in which every migration starts. The statements need no permissions, so a session that is still another role can execute
    /// them.
    /// </summary>
    /// <param name="setUp">The statements by which the migration has set up the session for its later statements.</param>
    public IReadOnlyList<SqlCommand> Fresh(IReadOnlyList<SqlCommand> setUp) =>
    [
        ResetAll,
        "CLOSE ALL",
        "DEALLOCATE ALL",
        "DISCARD TEMP",
        "DISCARD SEQUENCES",
        RunSettingsFor(settings.LockTimeout),
        .. setUp,
    ];

    /// <summary>A time as PostgreSQL's timeouts take it. A part of a millisecond counts as a whole one, because 0 means no limit.</summary>
    public static string Milliseconds(TimeSpan time) =>
        Math.Min(int.MaxValue, (long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Makes the session the run's own, for our own statements in a transaction: a migration may have become another role and may have set
    /// timeouts.
    /// </summary>
    /// <param name="lockTimeout">How long the statements may wait for a lock.</param>
    /// <param name="expression">A check of <see cref="AdvisoryLock"/>, or another setting.</param>
    private SqlCommand Own(TimeSpan lockTimeout, string expression) => SqlCommand.Own(
        $"""
        SELECT pg_catalog.set_config('session_authorization', $1, false), pg_catalog.set_config('role', $2, false),
               pg_catalog.set_config('statement_timeout', $3, true), pg_catalog.set_config('lock_timeout', $4, true), {expression}
        """,
        _user, _role, Milliseconds(settings.StatementTimeout), Milliseconds(lockTimeout)) with
    { Guards = FailureKind.LockLost };

    /// <summary>
    /// Makes the session the run's own, with the settings that <c>RESET ALL</c> resets: for the session, except for the lock timeout of
    /// this transaction. A statement that waits for a lock on a table makes every session wait that comes after it, so it gives up soon.
    /// </summary>
    private SqlCommand RunSettingsFor(TimeSpan lockTimeout) => SqlCommand.Own(
        $"""
        SELECT pg_catalog.set_config('session_authorization', $1, false), pg_catalog.set_config('role', $2, false),
               pg_catalog.set_config('standard_conforming_strings', 'on', false), pg_catalog.set_config('statement_timeout', $3, false),
               pg_catalog.set_config('lock_timeout', $4, false), pg_catalog.set_config('lock_timeout', $5, true),
               {(_checksClient ? "pg_catalog.set_config('client_connection_check_interval', '2s', false), " : "")}
               {advisoryLock.RequireExpression}
        """,
        _user, _role, Milliseconds(settings.StatementTimeout), Milliseconds(Patience), Milliseconds(lockTimeout)) with
    { Guards = FailureKind.LockLost };
}
