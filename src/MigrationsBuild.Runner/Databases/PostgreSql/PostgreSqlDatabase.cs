using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>PostgreSQL by Npgsql.</summary>
internal sealed partial class PostgreSqlDatabase : Database
{
    private readonly PostgreSqlServer _server;
    private readonly ConnectionFailures _failures;
    private readonly SessionRole _role;
    private readonly PostgreSqlSession _session;
    private readonly DatabaseCreation _creation;
    private readonly bool _writes;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="MigrationsException">It names no server.</exception>
    public PostgreSqlDatabase(
        HistoryTable history,
        RunSettings settings,
        string connectionString,
        DatabaseCreation creation,
        bool writes,
        DatabaseEvents events)
        : base(history, settings)
    {
        (_creation, _writes) = (creation, writes);
        _server = new PostgreSqlServer(connectionString, writes);
        _failures = new ConnectionFailures(_server, settings);
        _role = new SessionRole(settings.Role, _server.User);
        _session = new PostgreSqlSession(_server, _role, settings, events);
    }

    public override string Name => _server.Database;

    public override string Description => _server.Description;

    public override bool IsLocal => _server.IsLocal;

    public override string ElapsedMilliseconds =>
        "(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.transaction_timestamp()) "
        + "OPERATOR(pg_catalog.*) 1000::pg_catalog.float8)::pg_catalog.int8";

    public override string Now => "pg_catalog.clock_timestamp()";

    public override string Equal => "OPERATOR(pg_catalog.=)";

    public override string AsText(string column) => $"to_char({SqlText.Quote(column)}, 'YYYY-MM-DD HH24:MI:SS TZH:TZM')";

    public override string User => "session_user";

    public override IReadOnlyList<SqlCommand> OwnState => [_session.State.AfterMigration];

    public override IReadOnlyList<SqlCommand> CreateJournal =>
    [
        $"""
        CREATE TABLE IF NOT EXISTS {JournalName} (
            "Id" pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            "Context" pg_catalog.text NOT NULL,
            "MigrationId" pg_catalog.text NOT NULL,
            "Action" pg_catalog.text NOT NULL,
            "Hash" pg_catalog.text,
            "DownSql" pg_catalog.text,
            "Statements" pg_catalog.int4,
            "At" pg_catalog.timestamptz NOT NULL,
            "By" pg_catalog.text NOT NULL,
            "Milliseconds" pg_catalog.int8
        )
        """,
        $"REVOKE ALL ON {JournalName} FROM PUBLIC",
        // A role that may write there could have SQL executed at a rollback, and default privileges can grant that on every new table.
        SessionState.SafePath,
        "DO " + SqlText.Literal(
            $"""
            DECLARE other name;
            BEGIN
                FOR other IN
                    SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
                    WHERE c.oid = {SqlText.Literal(JournalName)}::regclass AND a.grantee <> c.relowner
                LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM %I', {SqlText.Literal(JournalName)}::regclass, other);
                END LOOP;
            END
            """),
    ];

    public override IReadOnlyList<SqlCommand> FreshState(IReadOnlyList<SqlCommand> setUp) => _session.State.Fresh(setUp);

    public override TimeSpan PatienceWith(MigrationsException failure) => _failures.PatienceWith(failure);

    public override async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            await FindSchemaAsync(await _session.OpenAsync(History.Name, cancellation), cancellation);
        }
        catch (Exception failure) when (ConnectionFailures.IsMissingDatabase(failure))
        {
            return false;
        }
        catch (Exception failure) when (
            failure is SqlFailure { Kind: FailureKind.ConnectionLost } || ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            throw _failures.Explain(failure is SqlFailure ? failure.InnerException! : failure, wasOpen: _session.IsOpen);
        }

        return true;
    }

    public override Task LockAsync(Action<string> onWait, CancellationToken cancellation) =>
        _session.Lock.TakeAsync(_session, Name, _schema, History.Name, onWait, cancellation);

    public override Task<LockState> KeepLockAsync(CancellationToken cancellation) => _session.Lock.KeepAsync(_session, cancellation);

    public override Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) =>
        _session.QueryAsync(query, cancellation);

    public override Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation) =>
        _session.ExecuteTransactionAsync(commands, cancellation);

    public override Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        _session.ExecuteOutsideAsync(command, setUp, cancellation);

    public override bool MayBeInTransaction(SqlCommand command) => PostgreSqlStatements.MayBeInTransaction(command);

    public override bool SetsUpConnection(SqlCommand command) => PostgreSqlStatements.SetsUpSession(command);

    public override ValueTask DisposeAsync() => _session.DisposeAsync();
}
