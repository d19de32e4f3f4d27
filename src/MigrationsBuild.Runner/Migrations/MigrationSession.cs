using System.Diagnostics;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>One run of a verb on one database: connecting, the rules of development databases, the history.</summary>
/// <param name="request">What the user asked for.</param>
/// <param name="manifest">The build's migrations.</param>
/// <param name="files">Where their files are.</param>
/// <param name="reporter">Who is told.</param>
/// <param name="progress">How far the run has come.</param>
internal sealed partial class MigrationSession(
    RunnerRequest request, Manifest manifest, ManifestPaths files, IReporter reporter, RunProgress progress) : IAsyncDisposable
{
    private const int SetupAttempts = 10;
    private static readonly TimeSpan _connectInterval = TimeSpan.FromMilliseconds(500);

    private Database? _database;
    private Journal? _journal;
    private HistoryRows? _historyRows;
    private bool _hasAnnounced;
    private DatabaseContent _content = new(HasHistory: false, HasJournal: false, IsEmpty: true);

    public RunnerRequest Request => request;

    public Manifest Manifest => manifest;

    /// <summary>Whether the migrations were published, so that no database belongs to a developer.</summary>
    public bool IsDeployed => files is DeployedPaths;

    /// <summary>The database. A verb that can do without never asks for it.</summary>
    /// <exception cref="MigrationsException">Nothing says which, or the connection string is malformed.</exception>
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

    /// <summary>What the server says about the migrations that are executed.</summary>
    public ServerNoticeReporter Notices { get; } = new(reporter, request.Verbose);

    public IReporter Reporter => reporter;

    public RunProgress Progress => progress;

    public Journal Journal => _journal ??= new Journal(Database, manifest.Context, manifest.FormerContexts);

    public SqlFiles SqlFiles { get; } = new(manifest, files);

    /// <summary>How migrations are written into the history.</summary>
    public HistoryRows HistoryRows => _historyRows ??= new HistoryRows(Database, manifest, SqlFiles);

    /// <summary>Whether it is known which database is meant.</summary>
    public bool HasConnection => request.ConnectionVariable.Length > 0;

    /// <summary>Whether there is a connection: a verb that only reads can do without the database.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether the database has a history table.</summary>
    public bool HasHistory => _content.HasHistory;

    /// <summary>Whether our journal exists.</summary>
    public bool HasJournal => _content.HasJournal;

    /// <summary>Whether our journal exists and we may not read it.</summary>
    public bool IsJournalHidden => _content.IsJournalHidden;

    /// <summary>Connects and says to what.</summary>
    /// <exception cref="MigrationsException">It can't be reached, or <c>DbForce</c> names another Database.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        // The schema is known only then.
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

    /// <exception cref="MigrationsException">The call is not about this database, or the runner can't work on its history.</exception>
    private void Refuse()
    {
        if (request.Force.Length > 0 && !IsForced)
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"The call names the database {request.Force}, and this is {Database.Name}. Name the database that you mean.");
        if (CustomHistoryFindings.Refusal(manifest.ShortName, manifest.History) is { } refusal)
            throw new MigrationsException(refusal);
    }

    /// <summary>Says once which database it is, before anything else is said of it.</summary>
    private void Announce()
    {
        if (_hasAnnounced)
            return;
        _hasAnnounced = true;
        var schema = Database.Schema is { } name ? $", schema {name}" : "";
        reporter.Line($"{manifest.ShortName}: {Database.Description}{schema} (from {request.ConnectionSource})");
        reporter.Result(new MessageLine(RunnerMessages.Database)
            .With("context", manifest.Context).With("name", Database.Name).With("description", Database.Description).With("schema", Database.Schema)
            .With("source", request.ConnectionSource));
    }

    /// <summary>Drops the database.</summary>
    /// <exception cref="MigrationsException">The user may not.</exception>
    public async Task DropAsync(CancellationToken cancellation)
    {
        await Database.DropAsync(cancellation);
        IsConnected = false;
        _content = new(HasHistory: false, HasJournal: false, IsEmpty: true);
        await Mark.ReadAsync(hasJournal: false, cancellation);
    }

    /// <summary>Has a connection to a database with our tables, and keeps others out.</summary>
    /// <exception cref="MigrationsException">It may not be created, or another run takes too long.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!IsConnected)
            await CreateAsync(cancellation);
        await Database.LockAsync(holder => reporter.Line($"Waiting for another run: {holder}"), cancellation);
        for (var attempt = 1; !await TrySetUpAsync(isLast: attempt == SetupAttempts, cancellation); attempt++)
        {
        }

        if (!IsJournalHidden)
            await Journal.ReadUnfinishedAsync(cancellation);
    }

    /// <summary>Makes our tables, and EF Core's, if they aren't there.</summary>
    /// <returns>Whether they are there now.</returns>
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
                await new Retries(this).RunAsync("The tables of the history", () => Database.ExecuteTransactionAsync(setup, cancellation), cancellation);
        }
        catch (SqlFailure failure) when (failure.Kind is FailureKind.AlreadyExists or FailureKind.DuplicateKey && !isLast)
        {
            // A run for another context, or EF Core's tool, makes the same at this moment: IF NOT EXISTS doesn't see what isn't committed.
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
        var rows = await Database.QueryAsync(
            $"SELECT {SqlText.Quote(manifest.History.IdColumn)} FROM {Database.HistoryName} ORDER BY {SqlText.Quote(manifest.History.IdColumn)}", cancellation);
        var others = new HashSet<string>(manifest.OtherMigrations, MigrationId.Equality);
        var ours = new HashSet<string>(manifest.Migrations.Select(migration => migration.Id), MigrationId.Equality);
        var applied = rows.Select(row => row[0]!).Where(id => ours.Contains(id) || !others.Contains(id)).ToList();
        if (_content.HasJournal && applied.Exists(id => !ours.Contains(id)))
        {
            var foreign = new HashSet<string>(await Journal.ReadOtherContextsAsync(cancellation), MigrationId.Equality);
            applied.RemoveAll(id => !ours.Contains(id) && foreign.Contains(id));
        }

        applied.Sort(MigrationId.Order);
        return new DatabaseState(manifest, applied, IsDevelopment) { Rows = [.. rows.Select(row => row[0]!)] };
    }

    /// <summary>What the journal says of the applied migrations; nothing where there is none.</summary>
    public async Task<IReadOnlyDictionary<string, JournalEntry>> ReadEntriesAsync(CancellationToken cancellation) =>
        HasJournal ? await Journal.ReadEntriesAsync(cancellation) : new Dictionary<string, JournalEntry>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>A server that is just starting is worth a moment of patience, one that doesn't answer as much as the settings say.</summary>
    private async Task<bool> ConnectPatientlyAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        for (var hasTold = false; ; hasTold = true)
        {
            try
            {
                return await Database.ConnectAsync(cancellation);
            }
            catch (MigrationsException failure) when (failure.Diagnostic.Code == DiagnosticCodes.Unreachable && Stopwatch.GetElapsedTime(start) < Database.PatienceWith(failure))
            {
                Announce();
                if (!hasTold)
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
