using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// The state of the session. Migrations must not affect each other, so each, and each stretch of one, starts from what the connection, the
/// role and the database configure, as if it ran alone. This is what <c>DISCARD ALL</c> does, without giving up our lock and inside the
/// transaction: if a part of it fails, nothing of the migration runs.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>PostgreSQL 14 and up, on systems that can tell: a backend whose client has died ends, and frees the lock.</summary>
    private const string CheckClient =
        "DO $$ BEGIN PERFORM pg_catalog.set_config('client_connection_check_interval', '2s', false); EXCEPTION WHEN OTHERS THEN NULL; END $$";

    // ALTER ROLE … SET role may have made the session another role at the login.
    private const string ReadSession =
        """
        SELECT session_user::pg_catalog.text, pg_catalog.current_setting('role'), pg_catalog.current_setting('client_connection_check_interval', true),
               pg_catalog.pg_is_in_recovery()::pg_catalog.text,
               (SELECT n.nspname::pg_catalog.text FROM pg_catalog.pg_class c, pg_catalog.pg_namespace n
                WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) AND n.oid OPERATOR(pg_catalog.=) c.relnamespace),
               pg_catalog.current_schema()::pg_catalog.text, pg_catalog.current_setting('search_path')
        """;

    private string _login = "";
    private string _role = "none";
    private bool _checksClient;

    /// <summary>It needs no rights, so a session that is still another role can do it.</summary>
    public override IReadOnlyList<SqlCommand> FreshState(IReadOnlyList<SqlCommand> setUp) =>
    [
        ResetAll,
        "CLOSE ALL",
        "DEALLOCATE ALL",
        "DISCARD TEMP",
        "DISCARD SEQUENCES",
        OurSettings(Settings.LockTimeout),
        .. setUp,
    ];

    public override IReadOnlyList<SqlCommand> OwnState => [Ourselves(Settings.LockTimeout, KeepLock)];

    private SqlCommand SessionLockTimeout => SqlCommand.Own("SELECT pg_catalog.set_config('lock_timeout', $1, false)", Milliseconds(Settings.LockTimeout));

    private static readonly SqlCommand ResetAll = "RESET ALL";

    /// <summary>
    /// Explicit, because <c>default_transaction_read_only</c> and the like may still be what an earlier migration set. Read committed is
    /// PostgreSQL's own default.
    /// </summary>
    private static readonly SqlCommand Begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    private static readonly SqlCommand Commit = "COMMIT";

    /// <summary>How long statements may wait that make nobody else wait, such as reads and indexes that are built concurrently.</summary>
    private TimeSpan Patience => Settings.LockTimeout == TimeSpan.Zero || Settings.LockTimeout > Settings.WaitTimeout ? Settings.LockTimeout : Settings.WaitTimeout;

    /// <summary>
    /// Makes this session ours again, for our own statements in a transaction: a migration may have become another role, and may have set
    /// timeouts.
    /// </summary>
    /// <param name="lockTimeout">How long they may wait for a lock.</param>
    /// <param name="lockCheck">An expression about the lock that keeps other runs out.</param>
    private SqlCommand Ourselves(TimeSpan lockTimeout, string lockCheck = "NULL") => SqlCommand.Own(
        $"""
        SELECT pg_catalog.set_config('session_authorization', $1, false), pg_catalog.set_config('role', $2, false),
               pg_catalog.set_config('statement_timeout', $3, true), pg_catalog.set_config('lock_timeout', $4, true), {lockCheck}
        """,
        _login, _role, Milliseconds(Settings.StatementTimeout), Milliseconds(lockTimeout)) with
    { Guards = FailureKind.LockLost };

    /// <summary>
    /// Makes this session ours again, with our own settings, which <c>RESET ALL</c> resets: for the session, and besides the lock timeout of
    /// this transaction. A statement that waits for a lock on a table makes everybody wait who comes after it, so it gives up soon.
    /// </summary>
    private SqlCommand OurSettings(TimeSpan lockTimeout) => SqlCommand.Own(
        $"""
        SELECT pg_catalog.set_config('session_authorization', $1, false), pg_catalog.set_config('role', $2, false),
               pg_catalog.set_config('standard_conforming_strings', 'on', false), pg_catalog.set_config('statement_timeout', $3, false),
               pg_catalog.set_config('lock_timeout', $4, false), pg_catalog.set_config('lock_timeout', $5, true),
               {(_checksClient ? "pg_catalog.set_config('client_connection_check_interval', '2s', false), " : "")}{RequireLock}
        """,
        _login, _role, Milliseconds(Settings.StatementTimeout), Milliseconds(Patience), Milliseconds(lockTimeout)) with
    { Guards = FailureKind.LockLost };

    /// <summary>All that is to be known of the session is asked for at once.</summary>
    /// <exception cref="MigrationsException">It can't be used: it only reads, say.</exception>
    private async Task SetUpSessionAsync(CancellationToken cancellation)
    {
        await SetRoleAsync(cancellation);
        var row = (await QueryAsync([CheckClient, SqlCommand.Own(ReadSession, SqlText.Quote(History.Name))], cancellation))[0];
        (_login, _role, _checksClient, _searchPath) = (row[0]!, row[1]!, row[2] is not (null or "0"), row[6]!);
        _server.RequireWritable(isStandby: row[3] == "true");
        await ExecuteBatchAsync([OurSettings(Patience)], cancellation);
        _schema = History.Schema ?? row[4] ?? row[5] ?? throw await NoUsableSchemaAsync(cancellation);
    }

    private static string Milliseconds(TimeSpan time) => Math.Min(int.MaxValue, (long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
}
