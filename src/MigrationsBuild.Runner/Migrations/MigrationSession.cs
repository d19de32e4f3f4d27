using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>One run of a verb on one database: the connection, the rules of development databases, the history.</summary>
/// <param name="request">The verb and its arguments.</param>
/// <param name="manifest">The build's migrations.</param>
/// <param name="files">Resolves the paths of their files.</param>
/// <param name="reporter">Receives what the run reports.</param>
/// <param name="progress">The progress of the run.</param>
/// <param name="database">The database, if it isn't the one of the request's connection string.</param>
internal sealed partial class MigrationSession(
    RunnerRequest request,
    Manifest manifest,
    ManifestPaths files,
    IReporter reporter,
    RunProgress progress,
    Database? database = null) : IAsyncDisposable
{
    private const int SetupAttempts = 10;
    private static readonly TimeSpan _connectInterval = TimeSpan.FromMilliseconds(500);

    private Database? _database = database;
    private PostgreSqlContainer? _container;
    private Journal? _journal;
    private HistoryRows? _historyRows;
    private bool _hasAnnounced;
    private DatabaseContent _content = new(HasHistory: false, HasJournal: false, IsEmpty: true);

    public RunnerRequest Request => request;

    public Manifest Manifest => manifest;

    /// <summary>Whether the migrations were published, so that no database belongs to a developer.</summary>
    public bool IsDeployed => files is DeployedPaths;

    /// <summary>The database. A verb that needs none never reads this property.</summary>
    /// <exception cref="MigrationsException">There is no connection string, or it is malformed.</exception>
    public Database Database => _database ??= DatabaseFactory.Create(
        manifest,
        ConnectionVariables.Read(request.ConnectionVariable),
        request,
        new DatabaseEvents
        {
            OnWait = holder => reporter.Line($"Waiting for a lock: {holder}"),
            OnRestored = text => reporter.Line(text),
            OnNotice = Notices.Show,
            ShowsQueries = request.Verbose,
        });

    /// <summary>Shows the server's messages about the migrations that are executed.</summary>
    public ServerNoticeReporter Notices { get; } = new(reporter, request.Verbose);

    public IReporter Reporter => reporter;

    public RunProgress Progress => progress;

    public Journal Journal => _journal ??= new Journal(Database, manifest.Context, manifest.FormerContexts);

    public SqlFiles SqlFiles { get; } = new(manifest, files);

    /// <summary>Writes migrations into the history.</summary>
    public HistoryRows HistoryRows => _historyRows ??= new HistoryRows(Database, manifest, SqlFiles);

    /// <summary>Whether the call names a database.</summary>
    public bool HasConnection => request.ConnectionVariable.Length > 0;

    /// <summary>Whether there is a connection. A verb that only reads accepts that the database doesn't exist.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether the database has a history table.</summary>
    public bool HasHistory => _content.HasHistory;

    /// <summary>Whether the journal exists and the user may read it.</summary>
    public bool HasJournal => _content.HasJournal;

    /// <summary>Whether the journal exists and the user may not read it.</summary>
    public bool IsJournalHidden => _content.IsJournalHidden;

    /// <summary>A run on another database, with the same files.</summary>
    public MigrationSession Beside(RunnerRequest other, Manifest migrations, IReporter receiver, Database scratch) =>
        new(other, migrations, files, receiver, new RunProgress(other), scratch);

    /// <summary>The history, the journal, and EF Core's own lock.</summary>
    public IReadOnlySet<ObjectName> OwnTables => new[] { Database.HistoryName, Database.JournalName, "\"__EFMigrationsLock\"" }
        .Select(name => ObjectName.Parse(name)).ToHashSet();

    /// <summary>The objects that were published with the migrations; <see langword="null"/> if there are none.</summary>
    /// <exception cref="MigrationsException">They can't be read.</exception>
    public ExpectedSchema? ReadExpectedSchema() => files.ReadExpectedSchema(manifest);

    /// <summary>Reads all objects of the database, without the history, the journal and EF Core's own lock.</summary>
    public async Task<Catalog> ReadCatalogAsync(CancellationToken cancellation)
    {
        var own = OwnTables;
        return (await Database.ReadCatalogAsync(Request.ComparesPrivileges, cancellation))
            .Without(one => own.Contains(ObjectName.Parse(one.Whole)));
    }

    /// <summary>The container that the settings allow for scratch databases, until the end of the run.</summary>
    /// <param name="name">The name of a new container.</param>
    /// <exception cref="MigrationsException">It can't be started.</exception>
    public async Task<PostgreSqlContainer> StartContainerAsync(string name, CancellationToken cancellation)
    {
        if (_container is null)
        {
            reporter.Line($"Starting a container from {request.Settings.ScratchImage} for the scratch database");
            _container = await PostgreSqlContainer.StartAsync(
                ContainerProgram.Docker, request.Settings.ScratchImage, name, cancellation);
        }

        return _container;
    }

    /// <summary>Connects to a database that must exist.</summary>
    /// <param name="purpose">What the verb would do with it: <c>compare</c>.</param>
    /// <exception cref="MigrationsException">See <see cref="ConnectAsync"/>; or it doesn't exist.</exception>
    public async Task ConnectToExistingAsync(string purpose, CancellationToken cancellation)
    {
        await ConnectAsync(cancellation);
        if (!IsConnected)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoDatabase,
                $"There is no {Database.Description}, so there is nothing to {purpose}.",
                Hint.Run(VerbTable.Migrate));
        }
    }

    /// <summary>Connects and reports to which database.</summary>
    /// <exception cref="MigrationsException">It can't be reached, or <c>DbForce</c> names another database.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        // Outside of the try block: without a database there is nothing to announce.
        _ = Database;
        try
        {
            Refuse();
            IsConnected = await ConnectPatientlyAsync(cancellation);
        }
        finally
        {
            Announce();
        }

        if (!IsConnected)
            return;
        _content = await Database.ReadContentAsync(cancellation);
        await Mark.ReadAsync(_content.HasJournal, cancellation);
    }

    /// <exception cref="MigrationsException">The call names another database, or the runner doesn't support the history table.</exception>
    private void Refuse()
    {
        if (request.Force.Length > 0 && !IsForced)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"The call names the database {request.Force}, and this is {Database.Name}. Name the database that you mean.");
        }

        if (CustomHistoryFindings.Refusal(manifest.ShortName, manifest.History) is { } refusal)
            throw new MigrationsException(refusal);
    }

    /// <summary>Reports the database, once, before anything else is reported about it.</summary>
    private void Announce()
    {
        if (_hasAnnounced)
            return;
        _hasAnnounced = true;
        var schema = Database.Schema is { } name ? $", schema {name}" : "";
        reporter.Line($"{manifest.ShortName}: {Database.Description}{schema} (from {request.ConnectionSource})");
        reporter.Result(new MessageLine(RunnerMessages.Database)
            .With("context", manifest.Context)
            .With("name", Database.Name)
            .With("description", Database.Description)
            .With("schema", Database.Schema)
            .With("file", Database.FilePath)
            .With("source", request.ConnectionSource));
    }

    /// <summary>Drops the database.</summary>
    /// <exception cref="MigrationsException">The user has no permission to do it.</exception>
    public async Task DropAsync(CancellationToken cancellation)
    {
        await Database.DropAsync(cancellation);
        IsConnected = false;
        _content = new(HasHistory: false, HasJournal: false, IsEmpty: true);
        await Mark.ReadAsync(hasJournal: false, cancellation);
    }

    /// <summary>
    /// Creates the database if it is missing, takes the lock that keeps other runs out, and creates the history and the journal.
    /// </summary>
    /// <exception cref="MigrationsException">
    /// The run must not write, the database may not be created, or another run takes too long.
    /// </exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        RequireMayWrite();
        if (!IsConnected)
            await CreateAsync(cancellation);
        await Database.LockAsync(holder => reporter.Line($"Waiting for another run: {holder}"), cancellation);
        for (var attempt = 1; !await TrySetUpAsync(isLast: attempt == SetupAttempts, cancellation); attempt++)
        {
        }

        if (!IsJournalHidden)
            await Journal.ReadUnfinishedAsync(cancellation);
    }

    /// <summary>Creates the history and the journal if they don't exist.</summary>
    /// <returns>Whether they exist now.</returns>
    private async Task<bool> TrySetUpAsync(bool isLast, CancellationToken cancellation)
    {
        _content = await Database.ReadContentAsync(cancellation);
        await Mark.ReadAsync(_content.HasJournal, cancellation);
        List<SqlCommand> setup = [];
        if (!_content.HasHistory)
            setup.AddRange(SqlFiles.Parse(manifest.History.CreateScript).Select(command => new SqlCommand(command.Text)));
        if (!_content.HasJournal)
            setup.AddRange(Database.CreateJournal);
        setup.AddRange(IsDeployment ? Mark.Claim() : _content.IsEmpty && Database.IsLocal ? await Mark.MarkAsync(cancellation) : []);
        try
        {
            if (setup.Count > 0)
            {
                await new Retries(this).RunAsync(
                    "The tables of the history", () => Database.ExecuteTransactionAsync(setup, cancellation), cancellation);
            }
        }
        catch (SqlFailure failure) when (failure.Kind is FailureKind.AlreadyExists or FailureKind.DuplicateKey && !isLast)
        {
            // A run for another context, or EF Core's tool, creates the same tables now: IF NOT EXISTS doesn't see uncommitted ones.
            return false;
        }

        _content = _content with { HasHistory = true, HasJournal = true };
        return true;
    }

    /// <summary>The history as it is now.</summary>
    public async Task<DatabaseState> ReadStateAsync(CancellationToken cancellation)
    {
        if (!_content.HasHistory)
            return new DatabaseState(manifest, [], IsDevelopment);
        var column = SqlText.Quote(manifest.History.IdColumn);
        var rows = await Database.QueryAsync($"SELECT {column} FROM {Database.HistoryName} ORDER BY {column}", cancellation);
        var others = new HashSet<string>(manifest.OtherMigrations, MigrationId.Equality);
        var ours = manifest.Squashes.SelectMany(squash => squash.Replaced).Concat(manifest.Migrations.Select(migration => migration.Id))
            .ToHashSet(MigrationId.Equality);
        var applied = rows.Select(row => row[0]!).Where(id => ours.Contains(id) || !others.Contains(id)).ToList();
        if (_content.HasJournal && applied.Exists(id => !ours.Contains(id)))
        {
            var foreign = new HashSet<string>(await Journal.ReadOtherContextsAsync(cancellation), MigrationId.Equality);
            applied.RemoveAll(id => !ours.Contains(id) && foreign.Contains(id));
        }

        applied.Sort(MigrationId.Order);
        IReadOnlyCollection<string> unfinished = manifest.Squashes.Count > 0 && _content.HasJournal
            ? await Journal.ReadUnfinishedIdsAsync(cancellation)
            : [];
        var squashed = SquashedHistory.Of(manifest, applied, unfinished);
        return new DatabaseState(manifest, squashed.Applied, IsDevelopment)
        {
            Rows = [.. rows.Select(row => row[0]!)],
            Squashed = squashed,
        };
    }

    /// <summary>The journal's entries of the applied migrations; none without a journal.</summary>
    public async Task<IReadOnlyDictionary<string, JournalEntry>> ReadEntriesAsync(CancellationToken cancellation) =>
        HasJournal ? await Journal.ReadEntriesAsync(cancellation) : new Dictionary<string, JournalEntry>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        if (_container is not null)
            await _container.DisposeAsync();
    }

    /// <summary>
    /// Repeats the attempt: for a moment if the server is starting, and as long as the settings say if it doesn't answer.
    /// </summary>
    private async Task<bool> ConnectPatientlyAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        for (var isReported = false; ; isReported = true)
        {
            try
            {
                return await Database.ConnectAsync(cancellation);
            }
            catch (MigrationsException failure) when (
                failure.Diagnostic.Code == DiagnosticCodes.Unreachable
                && Stopwatch.GetElapsedTime(start) < Database.PatienceWith(failure))
            {
                Announce();
                if (!isReported)
                    reporter.Line($"Waiting for the server: {failure.Message}");
                await Task.Delay(_connectInterval, cancellation);
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        if (!IsForced && (IsDeployed || !Database.IsLocal))
        {
            var why = IsDeployed
                ? "A deployed runner doesn't create a missing database: its name may be mistyped."
                : "A missing database is created without being asked only on this machine.";
            throw new MigrationsException(
                DiagnosticCodes.NoDatabase,
                $"There is no {Database.Description}. {why} Create it first.",
                Hint.Add("Or have this run create it", "DbForce", Database.Name));
        }

        await Database.CreateAsync(cancellation);
        IsConnected = true;
        reporter.Line($"Created {Database.Name}");
    }
}
