using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>A database for one run, on which migrations are tried. It is dropped at the end.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly IScratchServer _server;

    private ScratchDatabase(IScratchServer server, MigrationSession session) => (_server, Session) = (server, session);

    /// <summary>A run on the scratch database, which holds its lock.</summary>
    public MigrationSession Session { get; }

    /// <summary>Creates an empty database with the history and the journal.</summary>
    /// <param name="run">The run that needs it.</param>
    /// <param name="migrations">The migrations that may be applied to it.</param>
    /// <exception cref="Diagnostics.MigrationsException">There is no server for it, or the user may not create databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(
        MigrationSession run, IReadOnlyList<ManifestMigration> migrations, CancellationToken cancellation)
    {
        run.RequireMayWrite();
        var server = await ScratchServers.ChooseAsync(run, cancellation);
        MigrationSession? session = null;
        try
        {
            var request = new RunnerRequest(VerbTable.Migrate.Name, run.Request.ProjectFolder)
            {
                Settings = run.Request.Settings with { RefuseLock = "none", IsOneTransaction = false, Role = "" },
                Force = server.Name,
                ComparesPrivileges = run.Request.ComparesPrivileges,
                ConnectionSource = "scratch",
            };
            var manifest = run.Manifest with { Migrations = migrations };
            session = run.Beside(request, manifest, new ScratchReporter(), server.Open(manifest.History, request));
            session.SqlFiles.Verify();
            await session.ConnectAsync(cancellation);
            await session.PrepareAsync(cancellation);
            return new ScratchDatabase(server, session);
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies the pending migrations up to one, oldest first.</summary>
    /// <param name="to">The id of the migration; <see langword="null"/> for all.</param>
    public async Task ApplyAsync(string? to, CancellationToken cancellation)
    {
        var state = await Session.ReadStateAsync(cancellation);
        var planner = new UpgradePlanner(Session);
        var destination = planner.Resolve(state);
        var plan = planner.Plan(state, to is null ? destination : destination with { Id = to });
        await new PlanExecutor(Session).ExecuteAsync(plan, (_, _) => { }, _ => { }, cancellation);
    }

    /// <summary>Reverts the newest applied migrations down to one.</summary>
    /// <param name="to">The id of the migration that stays applied; <see langword="null"/> to revert all.</param>
    public async Task RevertAsync(string? to, CancellationToken cancellation)
    {
        var state = await Session.ReadStateAsync(cancellation);
        var destination = new Destination(to ?? "base", to, IsRelative: false, state.Applied);
        var plan = await new DowngradePlanner(Session).PlanAsync(state, destination, cancellation);
        await new PlanExecutor(Session).ExecuteAsync(plan, (_, _) => { }, _ => { }, cancellation);
    }

    /// <summary>Executes SQL that isn't a migration.</summary>
    /// <param name="sql">The SQL.</param>
    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        foreach (var command in Session.SqlFiles.Parse(sql))
        {
            if (command.Statement is { OutsideTransaction: true })
                await Session.Database.ExecuteOutsideAsync(command, [], cancellation);
            else
                await Session.Database.ExecuteTransactionAsync([command], cancellation);
        }
    }

    /// <summary>Executes statements in one transaction.</summary>
    /// <param name="statements">The statements, without semicolons.</param>
    /// <exception cref="SqlFailure">A statement failed.</exception>
    public Task ExecuteTogetherAsync(IReadOnlyList<string> statements, CancellationToken cancellation) =>
        Session.Database.ExecuteTransactionAsync([.. statements.Select(statement => new SqlCommand(statement))], cancellation);

    /// <summary>Reads its objects, without the history and the journal.</summary>
    public Task<Catalogs.Catalog> ReadCatalogAsync(CancellationToken cancellation) => Session.ReadCatalogAsync(cancellation);

    /// <summary>Reads its objects and the rows of its tables.</summary>
    public async Task<Catalogs.Catalog> ReadContentAsync(CancellationToken cancellation) =>
        await TableRows.AddAsync(Session.Database, await ReadCatalogAsync(cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _server.DisposeAsync();
    }

    private sealed class ScratchReporter : IReporter
    {
        public void Line(string text, params IReadOnlyCollection<Hint> hints)
        {
        }

        public void Diagnostic(Diagnostics.Diagnostic diagnostic)
        {
        }

        public void Result(Messages.MessageLine result)
        {
        }

        public Task<bool> ConfirmAsync(string question, CancellationToken cancellation) => Task.FromResult(true);
    }
}
