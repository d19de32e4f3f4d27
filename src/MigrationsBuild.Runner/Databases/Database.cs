using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>
/// A database as the verbs see it: one connection to it, its dialect, and what it takes to run a transaction. One class a kind of
/// database derives from it.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    public const string JournalTable = "__MigrationsBuildJournal";

    protected Database(HistoryTable history, RunSettings settings) => (History, Settings) = (history, settings);

    public HistoryTable History { get; }

    /// <summary>What it waits for and how long, and as whom it works.</summary>
    public RunSettings Settings { get; }

    /// <summary>Where it is, for people: host, database and user, never a password.</summary>
    public abstract string Description { get; }

    /// <summary>The schema whose migrations these are, once connected; <see langword="null"/> if there is only the usual one.</summary>
    public virtual string? Schema => null;

    /// <summary>The name that <c>DbForce</c> must give.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it is a file, or each host is a loopback address or a local socket. Behind those there may be a tunnel.</summary>
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
    /// Statements that, at the beginning of a transaction, bring the session to the state in which every migration, and every stretch of
    /// one, starts.
    /// </summary>
    /// <param name="setUp">What the migration has set up for its rest: see <see cref="SetsUpConnection"/>.</param>
    public virtual IReadOnlyList<SqlCommand> FreshState(IReadOnlyList<SqlCommand> setUp) => [];

    /// <summary>
    /// Statements that make the session ours again, for our own statements that follow those of a migration in the same transaction. They
    /// can rely on nothing but parameters and qualified names all the same.
    /// </summary>
    public virtual IReadOnlyList<SqlCommand> OwnState => [];

    /// <summary>What follows the statements of a migration, or of a stretch of one, in its transaction.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="commands">Its statements.</param>
    /// <param name="later">The statements of later migrations, read only if they matter.</param>
    public virtual IReadOnlyList<SqlCommand> AfterMigration(string id, IReadOnlyList<SqlCommand> commands, IEnumerable<SqlCommand> later) =>
        [];

    /// <summary>SQL that creates the journal, if it doesn't exist.</summary>
    public abstract IReadOnlyList<SqlCommand> CreateJournal { get; }

    /// <summary>An expression for the milliseconds since the transaction began.</summary>
    public abstract string ElapsedMilliseconds { get; }

    /// <summary>An expression for the present moment.</summary>
    public abstract string Now { get; }

    /// <summary>An expression for a moment in a column, as people read it.</summary>
    /// <param name="column">The column's name.</param>
    public virtual string AsText(string column) => SqlText.Quote(column);

    /// <summary>An expression for who is connected.</summary>
    public abstract string User { get; }

    /// <summary>Connects.</summary>
    /// <returns>Whether the database exists; if not, there is no connection.</returns>
    /// <exception cref="MigrationsException">The server can't be reached or refuses the login, or there is something between that breaks locks.</exception>
    public abstract Task<bool> ConnectAsync(CancellationToken cancellation);

    /// <summary>How long a connection that failed is worth to be tried again.</summary>
    /// <param name="failure">Why it failed.</param>
    public virtual TimeSpan PatienceWith(MigrationsException failure) => TimeSpan.Zero;

    /// <summary>Creates the database and connects.</summary>
    /// <exception cref="MigrationsException">The user may not.</exception>
    public abstract Task CreateAsync(CancellationToken cancellation);

    /// <summary>Drops the database that is connected to, and disconnects.</summary>
    /// <exception cref="MigrationsException">The user may not.</exception>
    public abstract Task DropAsync(CancellationToken cancellation);

    /// <summary>Whether there is an object of that kind and name.</summary>
    public abstract Task<bool> ExistsAsync(CreatedObject created, CancellationToken cancellation);

    /// <summary>The names of the tables there are, but for ours and EF Core's own.</summary>
    public abstract Task<IReadOnlyList<string>> ReadTablesAsync(CancellationToken cancellation);

    /// <summary>What tells this database from every copy of it; <see langword="null"/> if nothing does.</summary>
    public virtual Task<string?> ReadIdentityAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>How much it holds.</summary>
    public abstract Task<DatabaseSize> ReadSizeAsync(CancellationToken cancellation);

    /// <summary>The names of tables that are another history or journal than ours: somebody else keeps migrations here.</summary>
    public virtual Task<IReadOnlyList<string>> ReadOtherHistoriesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Waits until this is the only run on this history.</summary>
    /// <param name="onWait">Is called with a description of the run that it waits for.</param>
    /// <exception cref="MigrationsException">It waited too long.</exception>
    public abstract Task LockAsync(Action<string> onWait, CancellationToken cancellation);

    /// <summary>Takes the lock again if a statement outside a transaction has released it.</summary>
    public virtual Task<LockState> KeepLockAsync(CancellationToken cancellation) => Task.FromResult(LockState.Kept);

    /// <summary>Called before each migration and each stretch of one: brings the session to the state of every other, where no statement in a transaction can.</summary>
    /// <param name="setUp">See <see cref="FreshState"/>.</param>
    public virtual Task BeginStretchAsync(IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Whether the tables exist, and whether there is anything besides them.</summary>
    /// <exception cref="MigrationsException">Another role could have its own code executed through one of them.</exception>
    public abstract Task<DatabaseContent> ReadContentAsync(CancellationToken cancellation);

    /// <summary>Executes statements in one transaction.</summary>
    /// <exception cref="SqlFailure">One failed; the transaction is undone.</exception>
    public abstract Task ExecuteTransactionAsync(IReadOnlyList<SqlCommand> commands, CancellationToken cancellation);

    /// <summary>A row for the history.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="efVersion">The version of EF Core that it is written by.</param>
    public SqlCommand InsertHistory(string id, string efVersion) => SqlCommand.Own(
        $"INSERT INTO {HistoryName} ({SqlText.Quote(History.IdColumn)}, {SqlText.Quote(History.VersionColumn)}) VALUES ($1, $2)", id, efVersion);

    /// <summary>Takes a row out of the history, if there is one.</summary>
    /// <param name="id">The migration.</param>
    public SqlCommand DeleteHistory(string id) => SqlCommand.Own($"DELETE FROM {HistoryName} WHERE {SqlText.Quote(History.IdColumn)} {Equal} $1", id);

    /// <summary>
    /// The first statements of a transaction that reverts a migration: they take its row out of the history, and fail if there is none,
    /// because another run was faster, or, where nothing else keeps other runs out, if another run has added a newer one.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="rows">The ids that the history held when the run was planned.</param>
    /// <param name="scripts">The statements that take it out, if the application has its own.</param>
    public abstract IReadOnlyList<SqlCommand> TakeFromHistory(string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null);

    /// <summary>
    /// A statement that fails, with <see cref="FailureKind.NotRecorded"/>, unless the history has, or has no longer, a migration.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="isApplied">Whether it must have it.</param>
    public abstract SqlCommand RequireRecorded(string id, bool isApplied);

    /// <summary>Executes one statement outside any transaction, in a session of the same state as every other.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="setUp">What the migration has set up for it, before it: see <see cref="SetsUpConnection"/>.</param>
    /// <exception cref="SqlFailure">It failed.</exception>
    public abstract Task ExecuteOutsideAsync(SqlCommand command, IReadOnlyList<SqlCommand> setUp, CancellationToken cancellation);

    /// <summary>Clears away what an earlier, failed attempt at a statement outside a transaction has left.</summary>
    /// <returns>What was cleared away, for people; <see langword="null"/> if nothing was.</returns>
    public virtual Task<string?> ClearRemainsAsync(SqlCommand command, CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>
    /// Whether a statement outside of the migration's transaction may be in one of its own, together with the note that it is done: for
    /// most it's the same as none, and a run that dies can't leave the one without the other.
    /// </summary>
    public virtual bool MayBeInTransaction(SqlCommand command) => false;

    /// <summary>Whether a statement outside a transaction only sets up the connection: it holds for all that follows in its migration.</summary>
    public abstract bool SetsUpConnection(SqlCommand command);

    /// <summary>Reads rows of texts.</summary>
    /// <exception cref="SqlFailure">The query failed.</exception>
    public abstract Task<List<string?[]>> QueryAsync(SqlCommand query, CancellationToken cancellation);

    /// <summary>Cuts a migration's statements into the stretches that run in a transaction or outside of one.</summary>
    public virtual MigrationSteps Steps(IReadOnlyList<SqlCommand> commands) => MigrationSteps.Of(commands);

    public abstract ValueTask DisposeAsync();
}

/// <summary>What has become of the lock that keeps other runs out.</summary>
internal enum LockState
{
    /// <summary>This session has had it all the time.</summary>
    Kept,

    /// <summary>It was released, and is taken again: another run may have had it meanwhile.</summary>
    TakenAgain,

    /// <summary>It was released, and another run has it.</summary>
    Orphaned,
}

/// <summary>What a database holds.</summary>
/// <param name="HasHistory">The history table exists.</param>
/// <param name="HasJournal">The journal exists, and can be read.</param>
/// <param name="IsEmpty">There is no table, view or sequence at all.</param>
internal sealed record DatabaseContent(bool HasHistory, bool HasJournal, bool IsEmpty)
{
    /// <summary>The journal exists, and this user may not read it.</summary>
    public bool IsJournalHidden { get; init; }
}

/// <summary>A migration's statements in stretches.</summary>
/// <param name="Before">Statements outside a transaction that only prepare the connection.</param>
/// <param name="Stretches">The stretches in order.</param>
/// <param name="After">Statements outside a transaction that put the connection back.</param>
internal sealed record MigrationSteps(IReadOnlyList<SqlCommand> Before, IReadOnlyList<MigrationStretch> Stretches, IReadOnlyList<SqlCommand> After)
{
    /// <summary>What must hold at the end of the one transaction, as statements of our own.</summary>
    public IReadOnlyList<SqlCommand> Checks { get; init; } = [];

    /// <summary>Whether one transaction holds it all.</summary>
    public bool IsOneTransaction => Stretches is [] or [{ IsTransaction: true }];

    public static MigrationSteps Of(IReadOnlyList<SqlCommand> commands)
    {
        var stretches = new List<MigrationStretch>();
        foreach (var command in commands)
        {
            var isTransaction = command.Statement is not { OutsideTransaction: true };
            if (isTransaction && stretches is [.., { IsTransaction: true } last])
                last.Commands.Add(command);
            else
                stretches.Add(new MigrationStretch(isTransaction, [command]));
        }

        return new MigrationSteps([], stretches, []);
    }
}

/// <summary>Statements that run in one transaction, or one that runs outside of any.</summary>
internal sealed record MigrationStretch(bool IsTransaction, List<SqlCommand> Commands);
