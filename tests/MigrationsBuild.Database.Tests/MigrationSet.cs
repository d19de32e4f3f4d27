using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Runner;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Migrations as a build hands them to the runner, and a database for them to run on.</summary>
internal sealed class MigrationSet : IDisposable
{
    /// <summary>A native runner on which all tests run, in processes: see CONTRIBUTING.md.</summary>
    private static readonly string? _native = System.Environment.GetEnvironmentVariable("MIGRATIONSBUILD_TEST_RUNNER");

    private readonly TestFolder _folder = new();
    private readonly List<ManifestMigration> _migrations = [];

    public MigrationSet(SqlDialect dialect)
    {
        Dialect = dialect;
        Database = PostgreSqlServer.NewName();
    }

    public SqlDialect Dialect { get; }

    public string Database { get; }

    public PostgreSqlServer Server { get; init; } = PostgreSqlServer.Shared;

    public string Context { get; init; } = "Shop.ShopContext";

    public string? HistorySchema { get; init; }

    public string[] OtherMigrations { get; init; } = [];

    public DatabaseCreation Creation { get; init; } = new();

    public string[] FormerContexts { get; init; } = [];

    /// <summary>The squashed migrations and what they replace.</summary>
    public List<Squash> Squashes { get; } = [];

    /// <summary>The SQL that creates the model.</summary>
    public string ModelScript { get; init; } = "";

    /// <summary>How the application's own history repository records a migration of that id.</summary>
    public Func<string, HistoryScripts>? Recording { get; init; }

    /// <summary>What that repository changes in the description of the history table.</summary>
    public Func<HistoryTable, HistoryTable> CustomHistory { get; init; } = table => table;

    public string ConnectionString => Dialect == SqlDialect.Sqlite
        ? $"Data Source={_folder["app.db"]};Pooling=False"
        : Server.ConnectionString(Database);

    /// <summary>The value that DbForce must have.</summary>
    public string DatabaseName => Dialect == SqlDialect.Sqlite ? "app.db" : Database;

    /// <summary>Whether the database exists.</summary>
    public bool DatabaseExists => Dialect == SqlDialect.Sqlite
        ? File.Exists(_folder["app.db"])
        : Server.Query("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{Database}'").Count > 0;

    private string Provider => Dialect switch
    {
        SqlDialect.Sqlite => SqlDialects.SqliteProvider,
        SqlDialect.PostgreSql => SqlDialects.NpgsqlProvider,
        _ => OtherProvider,
    };

    /// <summary>The provider of a database that the runner doesn't know.</summary>
    public string OtherProvider { get; init; } = SqlDialects.SqlServerProvider;

    /// <summary>A migration that creates the table of its name.</summary>
    public MigrationSet AddTable(string id, MigrationState state = MigrationState.Approved) =>
        Add(id, $"CREATE TABLE \"{id.Split('_')[1]}\" (\"Id\" integer NOT NULL);\n", $"DROP TABLE \"{id.Split('_')[1]}\";\n", state);

    /// <summary>A migration of this SQL; without down, irreversible.</summary>
    public MigrationSet Add(string id, string up, string? down, MigrationState state = MigrationState.Approved)
    {
        string? Write(string direction, string? body)
        {
            if (body is null)
                return null;
            var name = direction == "up" ? $"{id}.sql" : $"{id}.down.sql";
            _folder.Write(name, SqlFile.Generated(id, direction, Context, Provider, new string('0', 64), null, body).ToText());
            return _folder[name];
        }

        _migrations.RemoveAll(migration => migration.Id == id);
        _migrations.Add(
            new ManifestMigration(
                id,
                state,
                Write("up", up),
                SqlFile.HashOf(up),
                Write("down", down),
                down is null ? "" : SqlFile.HashOf(down),
                down is null ? "Down() throws" : null));
        _migrations.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return this;
    }

    /// <summary>The approval of a migration accepts findings of the lint.</summary>
    public MigrationSet Accept(string id, params string[] codes)
    {
        var at = _migrations.FindIndex(migration => migration.Id == id);
        _migrations[at] = _migrations[at] with { Accepted = codes };
        return this;
    }

    /// <summary>A migration whose C# can't be written as SQL, approved all the same when the project was adopted.</summary>
    public MigrationSet AddWithoutSql(string id, string reason)
    {
        _migrations.Add(new ManifestMigration(id, MigrationState.Approved, null, "", null, "", reason));
        return this;
    }

    /// <summary>The build no longer has the migration.</summary>
    public MigrationSet Remove(string id)
    {
        _migrations.RemoveAll(migration => migration.Id == id);
        return this;
    }

    /// <summary>The build has a migration that replaces others.</summary>
    public MigrationSet Squash(string id, string up, string? down, params string[] replaced)
    {
        _migrations.RemoveAll(migration => replaced.Contains(migration.Id));
        Squashes.Add(new Squash(id, replaced));
        return Add(id, up, down);
    }

    public TestFolder Folder => _folder;

    /// <summary>How a build starts the runner.</summary>
    public static string[] Command { get; } =
        _native is null ? [Dotnet.Path, "exec", Repository.Runner, "--request", "-"] : [_native, "--request", "-"];

    /// <summary>Runs a verb.</summary>
    public RunnerResult Run(string verb, string to = "", string force = "", bool dryRun = false, string? connection = null) =>
        Run(verb, request => request with { To = to, Force = force, DryRun = dryRun }, connection);

    /// <summary>Runs a verb with more of a request than most need, in this process, as <c>dotnet db</c> does.</summary>
    public RunnerResult Run(string verb, Func<RunnerRequest, RunnerRequest> change, string? connection = null) =>
        Run(verb, change, connection, new MemoryStream());

    /// <summary>Migrates in this process.</summary>
    /// <param name="onMessage">Gets each message, and the run continues when it returns.</param>
    public RunnerResult Migrate(Action<string> onMessage) =>
        Run("migrate", request => request, connection: null, new ListeningStream(onMessage));

    private RunnerResult Run(string verb, Func<RunnerRequest, RunnerRequest> change, string? connection, MemoryStream output)
    {
        // Of this call alone: others run at the same time.
        var variable = $"TEST_CONNECTION_{Guid.NewGuid():N}";
        System.Environment.SetEnvironmentVariable(variable, connection ?? ConnectionString);
        var input = Input(verb, request => change(request with { ConnectionVariable = variable }));
        if (_native is not null && output is not ListeningStream)
        {
            var environment = new Dictionary<string, string?> { [variable] = connection ?? ConnectionString };
            return RunnerResult.Of(CommandLine.Run(_folder.Path, _native, Command[1..], environment, input));
        }

        using var deadline = new CancellationTokenSource(CommandLine.Timeout);
        var exitCode = Task.Run(() => BuildCall.RunAsync(input, output, deadline.Token)).GetAwaiter().GetResult();
        System.Environment.SetEnvironmentVariable(variable, null);
        return RunnerResult.Of(new CommandResult("runner " + verb, exitCode, Encoding.UTF8.GetString(output.ToArray()), ""));
    }

    /// <summary>Runs a verb in a process with an environment of its own, as a build does.</summary>
    public RunnerResult RunProcess(
        string verb, Func<RunnerRequest, RunnerRequest>? change = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        RunnerResult.Of(CommandLine.Run(_folder.Path, Command[0], Command[1..], environment ?? Environment(), Input(verb, change)));

    /// <summary>The manifest that the build passes to the runner.</summary>
    public Manifest Manifest => new(
        Context, Provider, "10.0.14",
        CustomHistory(new HistoryTable(HistorySchema, "__EFMigrationsHistory", "MigrationId", "ProductVersion", CreateHistory)),
        [.. _migrations.Select(migration => migration with { Recording = Recording?.Invoke(migration.Id) })], OtherMigrations)
    {
        Creation = Creation,
        FormerContexts = FormerContexts,
        ModelScript = ModelScript,
        Squashes = Squashes,
    };

    /// <summary>The input that a build sends to the runner.</summary>
    public string Input(string verb, Func<RunnerRequest, RunnerRequest>? change = null)
    {
        var request = new RunnerRequest(verb, _folder.Path) { ConnectionVariable = "TEST_CONNECTION", ConnectionSource = "the test" };
        return new RunnerInput(change?.Invoke(request) ?? request, Manifest).ToText();
    }

    public Dictionary<string, string?> Environment(string? connection = null) =>
        new() { ["TEST_CONNECTION"] = connection ?? ConnectionString };

    /// <summary>The key of the advisory lock that a run takes.</summary>
    public long LockKey => BitConverter.ToInt64(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join("\0", "MigrationsBuild", Database, "public", "__EFMigrationsHistory"))));

    /// <summary>The ids in the history, oldest first.</summary>
    public IReadOnlyList<string> History => Query($"SELECT \"MigrationId\" FROM {HistorySchemaPrefix}\"__EFMigrationsHistory\" ORDER BY 1");

    /// <summary>The tables there are, without ours.</summary>
    public IReadOnlyList<string> Tables => Query(Dialect == SqlDialect.Sqlite
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' "
            + "ORDER BY 1"
        : "SELECT tablename::text FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') "
            + "AND tablename NOT LIKE '\\_\\_%' ORDER BY 1");

    public IReadOnlyList<string> Query(string sql)
    {
        if (Dialect == SqlDialect.PostgreSql)
            return Server.Query(Database, sql);
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(
                string.Join(
                    "|",
                    Enumerable.Range(0, reader.FieldCount)
                        .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>Waits until a session executes a statement that matches a pattern.</summary>
    public void WaitForActivity(string pattern) => Eventually.Holds(() => Server.Query(
        "postgres",
        $"SELECT 1 FROM pg_stat_activity WHERE datname = '{Database}' AND query LIKE '{pattern}' AND state = 'active' AND pid <> "
        + "pg_backend_pid()").Count > 0);

    /// <summary>Ends the sessions of an application, and waits until they have ended.</summary>
    public void EndSessions(string application)
    {
        var sessions = $"FROM pg_stat_activity WHERE datname = '{Database}' AND application_name = '{application}'";
        Server.Query("postgres", $"SELECT pg_terminate_backend(pid) {sessions}");
        Eventually.Holds(() => Server.Query("postgres", $"SELECT 1 {sessions}").Count == 0);
    }

    /// <summary>Creates the database and executes SQL in it, as another application does.</summary>
    public void Execute(string sql)
    {
        if (Dialect == SqlDialect.Sqlite)
        {
            Query(sql);
            return;
        }

        if (Server.Query("postgres", $"SELECT 1 FROM pg_database WHERE datname = '{Database}'").Count == 0)
            Server.Execute("postgres", $"CREATE DATABASE {Database}");
        Server.Execute(Database, sql);
    }

    public void Dispose()
    {
        _folder.Dispose();
        if (Dialect == SqlDialect.PostgreSql)
            Server.Execute("postgres", $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
    }

    /// <summary>Passes each message on as it is written.</summary>
    private sealed class ListeningStream(Action<string> onMessage) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            onMessage(Encoding.UTF8.GetString(buffer));
        }
    }

    private string HistorySchemaPrefix => HistorySchema is null ? "" : SqlText.Quote(HistorySchema) + ".";

    private string CreateHistory => Dialect == SqlDialect.Sqlite
        ? "CREATE TABLE IF NOT EXISTS \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL CONSTRAINT \"PK___EFMigrationsHistory\" "
        + "PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL);\n"
        : (HistorySchema is null ? "" : $"CREATE SCHEMA IF NOT EXISTS {SqlText.Quote(HistorySchema)};\n")
          + $"CREATE TABLE IF NOT EXISTS {HistorySchemaPrefix}\"__EFMigrationsHistory\" (\"MigrationId\" character varying(150) NOT NULL, "
          + "\"ProductVersion\" character varying(32) NOT NULL, CONSTRAINT \"PK___EFMigrationsHistory\" PRIMARY KEY (\"MigrationId\"));\n";
}
