using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases;

/// <summary>
/// A database as the verbs use it: one connection to it, its dialect, and the execution of transactions. One class for each kind of
/// database derives from it.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    public const string JournalTable = "__MigrationsBuildJournal";

    protected Database(HistoryTable history, RunSettings settings) => (History, Settings) = (history, settings);

    public HistoryTable History { get; }

    /// <summary>The timeouts and the role of the run.</summary>
    public RunSettings Settings { get; }

    /// <summary>The host, the database and the user, for people. Never a password.</summary>
    public abstract string Description { get; }

    /// <summary>The schema of the history, for people, once connected; <see langword="null"/> if it is the usual one.</summary>
    public virtual string? Schema => null;

    /// <summary>The absolute path of the database's file; <see langword="null"/> if it belongs to a server.</summary>
    public virtual string? FilePath => null;

    /// <summary>The name that <c>DbForce</c> must give.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it is a file, or each host is a loopback address or a local socket. Such a host may be a tunnel.</summary>
    public abstract bool IsLocal { get; }

    /// <summary>Whether every database of this kind is a development database.</summary>
    public virtual bool IsAlwaysDevelopment => false;

    /// <summary>The history table's name as it is written in SQL.</summary>
    public virtual string HistoryName => History.SqlName;

    /// <summary>The journal's name as it is written in SQL: it is in the schema of the history table.</summary>
    public virtual string JournalName => History.Beside(JournalTable);

    /// <summary>The operator by which our own statements compare texts.</summary>
    public virtual string Equal => "=";

    /// <summary>
    /// The first statements of a transaction. They bring the session to the state in which every migration, and every stretch of one,
    /// starts.
    /// </summary>
    /// <param name="setUp">The statements by which the migration has set up the session: see <see cref="SetsUpConnection"/>.</param>
    public virtual IReadOnlyList<SqlCommand> FreshState(IReadOnlyList<SqlCommand> setUp) => [];

    /// <summary>
    /// Statements that make the session the run's own again, for our own statements that follow those of a migration in the same
    /// transaction. Even then our own statements must use parameters and qualified names.
    /// </summary>
    public virtual IReadOnlyList<SqlCommand> OwnState => [];

    /// <summary>The statements that follow those of a migration, or of a stretch of one, in its transaction.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">The statements of the migration.</param>
    /// <param name="later">The statements of later migrations, enumerated only if they are needed.</param>
    public virtual IReadOnlyList<SqlCommand> AfterMigration(string id, IReadOnlyList<SqlCommand> commands, IEnumerable<SqlCommand> later) =>
        [];

    /// <summary>SQL that creates the journal, if it doesn't exist.</summary>
    public abstract IReadOnlyList<SqlCommand> CreateJournal { get; }

    /// <summary>An expression for the milliseconds since the transaction began.</summary>
    public abstract string ElapsedMilliseconds { get; }

    /// <summary>An expression for the current time.</summary>
    public abstract string Now { get; }

    /// <summary>An expression for the time in a column, as people read it.</summary>
    public virtual string AsText(string column) => SqlText.Quote(column);

    /// <summary>An expression for the user that is connected.</summary>
    public abstract string User { get; }

    /// <summary>Connects.</summary>
    /// <returns>Whether the database exists; if not, there is no connection.</returns>
    /// <exception cref="MigrationsException">
    /// The server can't be reached or refuses the login, or a pooler breaks locks.
    /// </exception>
    public abstract Task<bool> ConnectAsync(CancellationToken cancellation);

    /// <summary>How long to repeat an attempt to connect that failed.</summary>
    public virtual TimeSpan PatienceWith(MigrationsException failure) => TimeSpan.Zero;

    /// <summary>Creates the database and connects.</summary>
    /// <exception cref="MigrationsException">The user has no permission to do it.</exception>
    public abstract Task CreateAsync(CancellationToken cancellation);

    /// <summary>Disconnects, and drops the database.</summary>
    /// <exception cref="MigrationsException">The user has no permission to do it.</exception>
    public abstract Task DropAsync(CancellationToken cancellation);

    /// <summary>Whether an object of that kind and name exists.</summary>
    public abstract Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation);

    /// <summary>The names of the tables, without our own and EF Core's.</summary>
    public abstract Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation);

    /// <summary>A text that differs from that of every copy of the database; <see langword="null"/> if there is none.</summary>
    public virtual Task<string?> ReadIdentityAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>The tables, rows and bytes of the database.</summary>
    public abstract Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation);

    /// <summary>
    /// Tables and their sizes; <see langword="null"/> if migrations don't lock single tables but the whole database.
    /// </summary>
    /// <param name="names">The names of tables and indexes. Those that don't exist are left out.</param>
    public virtual Task<TableFacts?> ReadTableFactsAsync(IReadOnlyCollection<ObjectName> names, CancellationToken cancellation) =>
        Task.FromResult<TableFacts?>(null);

    /// <summary>The columns of the tables that some statements name, as the statements that would create them.</summary>
    /// <param name="statements">The statements.</param>
    public abstract Task<string> ReadColumnsAsync(IEnumerable<SqlStatement> statements, CancellationToken cancellation);

    /// <summary>Counts the rows of tables, and those with a value in a column.</summary>
    /// <param name="objects">The tables and columns.</param>
    /// <returns>A count for each; <see langword="null"/> for one that doesn't exist.</returns>
    /// <exception cref="SqlFailure">The rows of one of them can't be counted.</exception>
    public abstract Task<IReadOnlyList<ValueCount?>> CountValuesAsync(
        IReadOnlyList<DroppedObject> objects, CancellationToken cancellation);

    /// <summary>
    /// Executes statements in a transaction that is rolled back, and measures their locks; <see langword="null"/> if migrations don't lock
    /// single tables.
    /// </summary>
    /// <exception cref="SqlFailure">A statement failed.</exception>
    public virtual Task<IReadOnlyList<MeasuredLock>?> MeasureLocksAsync(
        IReadOnlyList<SqlCommand> commands, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<MeasuredLock>?>(null);

    /// <summary>What <see cref="ReadCatalogAsync"/> leaves out, for people.</summary>
    /// <param name="withPrivileges">Whether it reads privileges.</param>
    public abstract string NotCompared(bool withPrivileges);

    /// <summary>All objects of the database that migrations can create.</summary>
    /// <param name="withPrivileges">Whether to read the privileges on them as well, if the database has privileges.</param>
    public abstract Task<Catalog> ReadCatalogAsync(bool withPrivileges, CancellationToken cancellation);

    /// <summary>The roles of the server, quoted where SQL needs it; empty if the database has no roles.</summary>
    public virtual Task<IReadOnlySet<string>> ReadRolesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

    /// <summary>The tables that generated rows can fill, in the order in which they were created.</summary>
    /// <param name="count">The number of rows.</param>
    public abstract Task<IReadOnlyList<FillableTable>> ReadFillableTablesAsync(int count, CancellationToken cancellation);

    /// <summary>A query of the numbers from 1 to <paramref name="count"/>, in a column <c>n</c>.</summary>
    public abstract string Numbers(int count);

    /// <summary>A statement that inserts the rows of a query, except for those that violate a unique key.</summary>
    /// <param name="table">The table's name as it is written in SQL.</param>
    /// <param name="columns">The names of the columns as they are written in SQL.</param>
    /// <param name="query">The query.</param>
    public abstract string InsertNew(string table, IReadOnlyList<string> columns, string query);

    /// <summary>Writes the statements of the objects of a catalog.</summary>
    public abstract IObjectStatements Objects { get; }

    /// <summary>The product and its major version, if it matters for <see cref="ReadCatalogAsync"/>: <c>PostgreSQL 15</c>.</summary>
    public abstract Task<string> ReadProductAsync(CancellationToken cancellation);

    /// <summary>The properties that a scratch database needs; <see langword="null"/> if every new database has them.</summary>
    public virtual Task<ScratchTemplate?> ReadScratchTemplateAsync(CancellationToken cancellation) =>
        Task.FromResult<ScratchTemplate?>(null);

    /// <summary>The names of other tables that are a history or a journal: another application keeps its migrations here.</summary>
    public virtual Task<IReadOnlyList<string>> ReadOtherHistoriesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Waits until this is the only run on this history.</summary>
    /// <param name="onWait">Gets a description of the run for which it waits.</param>
    /// <exception cref="MigrationsException">It waited too long.</exception>
    public abstract Task LockAsync(Action<string> onWait, CancellationToken cancellation);

    /// <summary>Takes the lock again if a statement outside a transaction has released it.</summary>
    public virtual Task<LockState> KeepLockAsync(CancellationToken cancellation) => Task.FromResult(LockState.Kept);

    /// <summary>
    /// Called before each migration and each stretch of one. Brings the connection to the state in which they start, if no statement in a
    /// transaction can do that.
    /// </summary>
    /// <param name="setUp">See <see cref="FreshState"/>.</param>
    public virtual Task BeginStretchAsync(IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Whether the history and the journal exist, and whether there is anything else.</summary>
    /// <exception cref="MigrationsException">Another role could have its code executed through one of them.</exception>
    public abstract Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation);

    /// <summary>Executes statements in one transaction.</summary>
    /// <exception cref="SqlFailure">One failed; the transaction is rolled back.</exception>
    public abstract Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation);

    /// <summary>Inserts a row into the history.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="efVersion">The version of EF Core that has created the migration's SQL.</param>
    public SqlCommand InsertHistory(string id, string efVersion) => SqlCommand.Own(
        $"INSERT INTO {HistoryName} ({SqlText.Quote(History.IdColumn)}, {SqlText.Quote(History.VersionColumn)}) VALUES ($1, $2)",
        id, efVersion);

    /// <summary>Deletes a row of the history, if there is one.</summary>
    public SqlCommand DeleteHistory(string id) => SqlCommand.Own(
        $"DELETE FROM {HistoryName} WHERE {SqlText.Quote(History.IdColumn)} {Equal} $1", id);

    /// <summary>
    /// The first statements of a transaction that reverts a migration. They delete its row of the history, and fail if there is none
    /// because another run was faster. If no lock keeps other runs out, they also fail if another run has added a newer row.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="rows">The ids in the history when the run was planned.</param>
    /// <param name="scripts">The statements that delete the row, if the application has its own.</param>
    public abstract IReadOnlyList<SqlCommand> TakeFromHistory(
        string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null);

    /// <summary>
    /// A statement that fails with <see cref="FailureKind.NotRecorded"/> unless the history is as expected.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="isApplied">Whether the history must have the migration, or must not have it.</param>
    public abstract SqlCommand RequireRecorded(string id, bool isApplied);

    /// <summary>
    /// A statement that fails with <see cref="FailureKind.Blocked"/> unless a query has the expected values; none if the lock of the run
    /// keeps other runs out.
    /// </summary>
    /// <param name="query">A query of a column <c>value</c>.</param>
    /// <param name="expected">The expected values, separated by commas.</param>
    /// <param name="message">The message of the failure.</param>
    public virtual IReadOnlyList<SqlCommand> RequireValues(SqlCommand query, string expected, string message) => [];

    /// <summary>
    /// A statement that fails unless the history is as it was when the run was planned; none if the lock of the run keeps other runs out.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="rows">The ids in the history, if the migration is reverted; <see langword="null"/> if it is applied.</param>
    public virtual IReadOnlyList<SqlCommand> RequireUnchanged(string id, IReadOnlyList<string>? rows) => [];

    /// <summary>Executes one statement outside any transaction, in the state in which migrations start.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">The statements by which the migration has set up the session: see <see cref="SetsUpConnection"/>.</param>
    /// <exception cref="SqlFailure">It failed.</exception>
    public abstract Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation);

    /// <summary>Removes the objects that a failed attempt at a statement outside a transaction has left, or finishes its work.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">The statements by which the migration has set up the session: see <see cref="SetsUpConnection"/>.</param>
    /// <returns>A description of them, for people; <see langword="null"/> if there were none.</returns>
    public virtual Task<string?> ClearRemainsAsync(
        SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>
    /// Whether the failure of a statement outside a transaction shows that an earlier run has executed it: the object to create exists, or
    /// the one to drop doesn't.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">The statements by which the migration has set up the session: see <see cref="SetsUpConnection"/>.</param>
    public virtual Task<bool> ShowsExecutedAsync(
        SqlFailure failure, SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) =>
        Task.FromResult(command.Statement is { Words: [var verb, ..] }
            && (failure.Kind == FailureKind.AlreadyExists && verb is "CREATE" or "ALTER"
                || failure.Kind == FailureKind.Missing && verb == "DROP"));

    /// <summary>
    /// Whether a statement outside of the migration's transaction can be in a transaction of its own, together with the note that it is
    /// done. For most statements that is the same, and a run that dies can't leave one without the other.
    /// </summary>
    public virtual bool MayBeInTransaction(SqlCommand command) => false;

    /// <summary>
    /// Whether a statement outside a transaction only sets up the connection, and so affects all later statements of its migration.
    /// </summary>
    public abstract bool SetsUpConnection(SqlCommand command);

    /// <summary>The first statement that is certain to fail, because it uses an object that exists only in an earlier stretch.</summary>
    /// <param name="stretches">The stretches of a migration.</param>
    /// <returns>The statement, and the reason with the resolution; <see langword="null"/> if none is known.</returns>
    public virtual (SqlCommand Command, string Reason)? FindMissing(IReadOnlyList<MigrationStretch> stretches) => null;

    /// <summary>Reads rows of texts.</summary>
    /// <exception cref="SqlFailure">The query failed.</exception>
    public abstract Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation);

    /// <summary>Executes one statement in the state in which migrations start.</summary>
    /// <returns>Its rows, as texts.</returns>
    /// <exception cref="SqlFailure">It failed.</exception>
    public virtual Task<List<string?[]>> QueryFreshAsync(SqlCommand command, CancellationToken cancellation) =>
        QueryAsync(command, cancellation);

    /// <summary>Divides a migration's statements into the stretches that run in a transaction or outside of one.</summary>
    public virtual MigrationSteps Steps(IReadOnlyList<SqlCommand> commands) => MigrationSteps.Of(commands);

    public abstract ValueTask DisposeAsync();
}
