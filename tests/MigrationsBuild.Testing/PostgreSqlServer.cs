using Npgsql;

namespace MigrationsBuild.Testing;

/// <summary>
/// A real PostgreSQL: the server that was named, else a throw-away cluster; see <see cref="PostgreSqlSource"/>. Without any, the first
/// test that wants one fails and says what to do.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private static readonly Lazy<PostgreSqlServer> _shared = new(StartShared);
    private static int _failures;
    private readonly PostgreSqlCluster? _cluster;
    private readonly string _connectionString;

    private PostgreSqlServer(string connectionString, PostgreSqlCluster? cluster) =>
        (_connectionString, _cluster) = (connectionString, cluster);

    /// <summary>The server of this test run.</summary>
    public static PostgreSqlServer Shared
    {
        get
        {
            try
            {
                return _shared.Value;
            }
            catch (InvalidOperationException failure)
            {
                throw PostgreSqlSource.Once(failure, ref _failures);
            }
        }
    }

    /// <summary>A server for the caller alone, who may crash it.</summary>
    /// <param name="settings">More of its settings: <c>deadlock_timeout=100ms</c>.</param>
    public static PostgreSqlServer StartOwn(params string[] settings)
    {
        var cluster = new PostgreSqlCluster(settings);
        return new PostgreSqlServer(cluster.ConnectionString, cluster);
    }

    /// <summary>Ends the server, if one was started.</summary>
    public static void StopShared()
    {
        if (_shared.IsValueCreated)
            _shared.Value.Dispose();
    }

    /// <summary>The connection string for a database.</summary>
    /// <param name="database">The database, which needn't exist.</param>
    public string ConnectionString(string database = "postgres") =>
        new NpgsqlConnectionStringBuilder(_connectionString) { Database = database, Pooling = false }.ConnectionString;

    /// <summary>The password in those connection strings: what must not turn up anywhere.</summary>
    public string Secret => new NpgsqlConnectionStringBuilder(_connectionString).Password!;

    /// <summary>A name for a new database.</summary>
    public static string NewName() => "t_" + Guid.NewGuid().ToString("N")[..16];

    /// <summary>Executes SQL.</summary>
    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads rows, each as its values with a bar between.</summary>
    public IReadOnlyList<string> Query(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(Value)));
        return rows;

        string? Value(int i) =>
            reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The schema as <c>pg_dump</c> writes it, without our journal.</summary>
    /// <param name="database">The database.</param>
    /// <param name="arguments">More arguments, such as <c>--data-only</c> instead of the default <c>--schema-only</c>.</param>
    public string Dump(string database, params string[] arguments)
    {
        var result = Psql(
            "pg_dump",
            database,
            ["--no-owner", "--exclude-table=*.\"__MigrationsBuildJournal\"", .. arguments.Length == 0 ? ["--schema-only"] : arguments]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
        return string.Join("\n", result.Output.Split('\n')
            .Where(line => !line.StartsWith("\\restrict", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("\\unrestrict", StringComparison.Ordinal)));
    }

    /// <summary>Runs one of PostgreSQL's client programs.</summary>
    public CommandResult Psql(string program, string database, IEnumerable<string> arguments)
    {
        if (_cluster is not null)
            return _cluster.RunClient(program, database, [.. arguments]);
        var settings = new NpgsqlConnectionStringBuilder(_connectionString);
        var variables = PostgreSqlPrograms.ClientVariables(
            settings.Host!, settings.Port, settings.Username!, settings.Password!, database);
        return CommandLine.Run(Path.GetTempPath(), program, arguments, variables);
    }

    /// <summary>Restarts a server that <see cref="StartOwn"/> has started.</summary>
    /// <param name="mode"><c>fast</c> ends its sessions in order, <c>immediate</c> is a crash.</param>
    public void Restart(string mode) => Own.Restart(mode);

    /// <summary>Stops such a server.</summary>
    public void Stop() => Own.Stop();

    /// <summary>Starts it again.</summary>
    public void Start() => Own.Start();

    /// <summary>Starts it again as one that lets nobody in before <see cref="Promote"/>.</summary>
    public void StartInRecovery() => Own.StartInRecovery();

    /// <summary>Starts it again as a standby, which can be read from and not written to until <see cref="Promote"/>.</summary>
    public void StartAsStandby() => Own.StartAsStandby();

    /// <summary>Ends its recovery.</summary>
    public void Promote() => Own.Promote();

    private PostgreSqlCluster Own => _cluster ?? throw new InvalidOperationException("This server isn't ours to stop.");

    /// <summary>Waits until the server takes connections, after a crash.</summary>
    public void WaitUntilReady()
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (true)
        {
            try
            {
                Query("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (DateTime.UtcNow < deadline)
            {
                Thread.Sleep(100);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cluster?.Dispose();

    private static PostgreSqlServer StartShared()
    {
        var server = Environment.GetEnvironmentVariable(PostgreSqlSource.Variable);
        return PostgreSqlSource.Choose(server) == PostgreSqlSourceKind.Server ? new PostgreSqlServer(server!, null) : StartOwn();
    }
}
