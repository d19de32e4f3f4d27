using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases.PostgreSql.Definitions;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>PostgreSQL by Npgsql. Composes the parts, each of which owns its state, and is what the verbs see of them.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private readonly PostgreSqlServer _server;
    private readonly ConnectionFailures _failures;
    private readonly PostgreSqlSession _session;
    private readonly DatabaseCreator _creator;
    private readonly HistorySchema _schema;
    private readonly PostgreSqlCatalog _catalog;
    private readonly TrustedTables _trustedTables;
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
        _writes = writes;
        _server = new PostgreSqlServer(connectionString, writes);
        _failures = new ConnectionFailures(_server, settings);
        var role = new SessionRole(settings.Role, _server.User);
        _session = new PostgreSqlSession(_server, role, settings, events);
        _creator = new DatabaseCreator(_server, role, creation, _failures, settings.WaitTimeout);
        _schema = new HistorySchema(history);
        _catalog = new PostgreSqlCatalog(_session, _schema, history.Name);
        _trustedTables = new TrustedTables(_session, _schema, history.Name);
    }

    public override string Name => _server.Database;

    public override string Description => _server.Description;

    public override string? Schema => _schema.ShownName;

    public override bool IsLocal => _server.IsLocal;

    public override string HistoryName => _schema.HistoryName;

    public override string JournalName => _schema.JournalName;

    public override string ElapsedMilliseconds =>
        "(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.transaction_timestamp()) "
        + "OPERATOR(pg_catalog.*) 1000::pg_catalog.float8)::pg_catalog.int8";

    public override string Now => "pg_catalog.clock_timestamp()";

    public override string Equal => "OPERATOR(pg_catalog.=)";

    public override string AsText(string column) => $"to_char({SqlText.Quote(column)}, 'YYYY-MM-DD HH24:MI:SS TZH:TZM')";

    public override string User => "session_user";

    public override IReadOnlyList<SqlCommand> OwnState => [_session.State.AfterMigration];

    public override IReadOnlyList<SqlCommand> CreateJournal => JournalDefinition.Create(JournalName);

    private HistoryStatements HistoryStatements => new(HistoryName, History.IdColumn);

    public override IReadOnlyList<SqlCommand> FreshState(IReadOnlyList<SqlCommand> setUp) => _session.State.Fresh(setUp);

    public override TimeSpan PatienceWith(MigrationsException failure) => _failures.PatienceWith(failure);

    public override async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            var facts = await _session.OpenAsync(History.Name, cancellation);
            await _schema.FindAsync(_session, facts, Name, cancellation);
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

    public override async Task CreateAsync(CancellationToken cancellation)
    {
        await _creator.CreateAsync(cancellation);
        await ConnectAsync(cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        await _creator.DropAsync(cancellation);
    }

    public override Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation) =>
        _catalog.ExistsAsync(created, cancellation);

    public override Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation) => _catalog.ReadTablesAsync(cancellation);

    public override Task<string?> ReadIdentityAsync(CancellationToken cancellation) => _catalog.ReadIdentityAsync(cancellation);

    public override Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation) => _catalog.ReadSizeAsync(cancellation);

    public override async Task<IReadOnlyList<MeasuredLock>?> MeasureLocksAsync(
        IReadOnlyList<SqlCommand> commands, CancellationToken cancellation) =>
        await new LockMeasurement(_session).RunAsync(commands, cancellation);

    public override string NotCompared(bool withPrivileges) => SchemaReader.NotCompared(withPrivileges);

    public override IObjectStatements Objects { get; } = new PostgreSqlObjects();

    public override Task<Catalog> ReadCatalogAsync(bool withPrivileges, CancellationToken cancellation) =>
        new SchemaReader(_session, HistoryName).ReadAsync(withPrivileges, cancellation);

    public override async Task<IReadOnlySet<string>> ReadRolesAsync(CancellationToken cancellation) =>
        (await QueryAsync("SELECT quote_ident(rolname) FROM pg_roles", cancellation)).Select(row => row[0]!).ToHashSet();

    public override Task<IReadOnlyList<FillableTable>> ReadFillableTablesAsync(int count, CancellationToken cancellation) =>
        new FillableTableReader(_session, count).ReadAsync(cancellation);

    public override string Numbers(int count) => $"SELECT n FROM generate_series(1, {count}) AS n";

    public override string InsertNew(string table, IReadOnlyList<string> columns, string query) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) OVERRIDING SYSTEM VALUE {query} ON CONFLICT DO NOTHING";

    public override async Task<string> ReadProductAsync(CancellationToken cancellation) =>
        (await QueryAsync(
            "SELECT 'PostgreSQL ' || current_setting('server_version_num')::integer / 10000", cancellation))[0][0]!;

    public override Task<List<string?[]>> QueryFreshAsync(SqlCommand command, CancellationToken cancellation) =>
        _session.QueryFreshAsync(command, cancellation);

    public override async Task<ScratchTemplate?> ReadScratchTemplateAsync(CancellationToken cancellation) =>
        await _catalog.ReadScratchTemplateAsync(cancellation);

    public override async Task<TableFacts?> ReadTableFactsAsync(
        IReadOnlyCollection<ObjectName> names, CancellationToken cancellation) =>
        await new TableFactsReader(_session).ReadAsync(names, cancellation);

    public override Task<string> ReadColumnsAsync(IEnumerable<SqlStatement> statements, CancellationToken cancellation) =>
        new ValueCounter(_session).ReadDefinitionsAsync(LockForecast.Relations(statements), cancellation);

    public override Task<IReadOnlyList<ValueCount?>> CountValuesAsync(
        IReadOnlyList<DroppedObject> objects, CancellationToken cancellation) =>
        new ValueCounter(_session).CountAsync(objects, cancellation);

    public override Task<IReadOnlyList<string>> ReadOtherHistoriesAsync(CancellationToken cancellation) =>
        _catalog.ReadOtherHistoriesAsync(cancellation);

    public override async Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation)
    {
        var content = await _catalog.ReadContentAsync(cancellation);
        var hasAny = content.IsHistoryTable is not null || content.IsJournalReadable is not null;
        // A view executes the query of its owner, even if it is only read.
        if (content.IsHistoryTable == false || _writes && hasAny)
            await _trustedTables.RequireAsync(cancellation);
        return new DatabaseContent(
            HasHistory: content.IsHistoryTable == true,
            HasJournal: content.IsJournalReadable == true,
            content.IsEmpty)
        {
            // A role that may not read the journal does without it: the history says which migrations are applied.
            IsJournalHidden = content.IsJournalReadable == false,
        };
    }

    public override IReadOnlyList<SqlCommand> TakeFromHistory(
        string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null) =>
        scripts is null
            ? [HistoryStatements.RequireDeleted(DeleteHistory(id))]
            : [HistoryStatements.LockRow(id), .. scripts];

    public override SqlCommand RequireRecorded(string id, bool isApplied) => HistoryStatements.RequireRecorded(id, isApplied);

    public override Task LockAsync(Action<string> onWait, CancellationToken cancellation) =>
        _session.Lock.TakeAsync(_session, Name, _schema.Name, History.Name, onWait, cancellation);

    public override Task<LockState> KeepLockAsync(CancellationToken cancellation) => _session.Lock.KeepAsync(_session, cancellation);

    public override Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation) =>
        _session.QueryAsync(query, cancellation);

    public override Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation) =>
        _session.ExecuteTransactionAsync(commands, cancellation);

    public override Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        _session.ExecuteOutsideAsync(command, setUp, cancellation);

    public override async Task<string?> ClearRemainsAsync(
        SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        await new InvalidIndexes(_session, command, setUp).DropAsync(cancellation)
        ?? await new PendingDetach(_session, command, setUp).FinishAsync(cancellation);

    public override async Task<bool> ShowsExecutedAsync(
        SqlFailure failure, SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        await base.ShowsExecutedAsync(failure, command, setUp, cancellation)
            ? await new InvalidIndexes(_session, command, setUp).IsBuiltAsync(cancellation)
            : failure.Kind == FailureKind.Missing && await new PendingDetach(_session, command, setUp).IsDoneAsync(cancellation);

    public override bool MayBeInTransaction(SqlCommand command) => PostgreSqlStatements.MayBeInTransaction(command);

    public override bool SetsUpConnection(SqlCommand command) => PostgreSqlStatements.SetsUpSession(command);

    public override ValueTask DisposeAsync() => _session.DisposeAsync();
}
