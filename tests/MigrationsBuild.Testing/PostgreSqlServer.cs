using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationsBuild.Testing;

/// <summary>
/// A real PostgreSQL: the one that <c>MIGRATIONSBUILD_TEST_POSTGRES</c> connects to as a superuser, else a throw-away cluster from the
/// programs <c>initdb</c> and <c>pg_ctl</c> of this machine. Without either, tests fail and say so; they are never skipped in silence.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private const string Superuser = "postgres";
    private const string Password = "s3cret-Pa55";

    private static readonly Lazy<PostgreSqlServer> _shared = new(Start);
    private readonly string? _folder;
    private readonly string _connectionString;

    private PostgreSqlServer(string connectionString, string? folder) => (_connectionString, _folder) = (connectionString, folder);

    /// <summary>The server of this test run.</summary>
    public static PostgreSqlServer Shared => _shared.Value;

    /// <summary>Ends the server, if one was started.</summary>
    public static void Stop()
    {
        if (_shared.IsValueCreated)
            _shared.Value.Dispose();
    }

    /// <summary>The connection string for a database.</summary>
    /// <param name="database">The database, which needn't exist.</param>
    public string ConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder(_connectionString) { Database = database, Pooling = false }.ConnectionString;

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
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>The schema as <c>pg_dump</c> writes it, without our journal.</summary>
    /// <param name="database">The database.</param>
    /// <param name="arguments">More arguments, such as <c>--data-only</c> instead of the default <c>--schema-only</c>.</param>
    public string Dump(string database, params string[] arguments)
    {
        var result = Psql("pg_dump", database, ["--no-owner", "--exclude-table=*.\"__MigrationsBuildJournal\"", .. arguments.Length == 0 ? ["--schema-only"] : arguments]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
        return string.Join("\n", result.Output.Split('\n').Where(line => !line.StartsWith("\\restrict", StringComparison.Ordinal) && !line.StartsWith("\\unrestrict", StringComparison.Ordinal)));
    }

    /// <summary>Runs one of PostgreSQL's client programs.</summary>
    public CommandResult Psql(string program, string database, IEnumerable<string> arguments)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connectionString);
        return CommandLine.Run(Path.GetTempPath(), program, arguments, new Dictionary<string, string?>
        {
            ["PGHOST"] = settings.Host,
            ["PGPORT"] = settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = settings.Username,
            ["PGPASSWORD"] = settings.Password,
            ["PGDATABASE"] = database,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is null)
            return;
        AsServerUser("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static PostgreSqlServer Start()
    {
        if (Environment.GetEnvironmentVariable("MIGRATIONSBUILD_TEST_POSTGRES") is { Length: > 0 } given)
            return new PostgreSqlServer(given, null);
        var folder = Directory.CreateTempSubdirectory("migrationsbuild-pg-").FullName;
        if (IsRoot)
            Check(CommandLine.Run("/", "chown", [Superuser, folder]));
        var passwordFile = Path.Combine(folder, "password");
        File.WriteAllText(passwordFile, Password);
        if (IsRoot)
            Check(CommandLine.Run("/", "chown", [Superuser, passwordFile]));
        var data = Path.Combine(folder, "data");
        var port = FreePort();
        Check(AsServerUser("initdb", "-D", data, "-U", Superuser, "--auth=scram-sha-256", "--pwfile=" + passwordFile, "--no-sync", "-E", "UTF8", "--locale=C"));

        // Nobody needs the data after a crash of the machine.
        var options = $"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=200";
        Check(AsServerUser("pg_ctl", "-D", data, "-o", options, "-l", Path.Combine(folder, "log"), "-w", "start"));
        var settings = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = Superuser, Password = Password };
        return new PostgreSqlServer(settings.ConnectionString, folder);
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>PostgreSQL refuses to run as root; its packages bring a user of their own.</summary>
    private static CommandResult AsServerUser(string program, params string[] arguments)
    {
        try
        {
            return IsRoot
                ? CommandLine.Run("/", "runuser", ["-u", Superuser, "--", program, .. arguments])
                : CommandLine.Run("/", program, arguments);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new InvalidOperationException(
                "These tests need PostgreSQL: set MIGRATIONSBUILD_TEST_POSTGRES to the connection string of a superuser, or put initdb and pg_ctl on the PATH.", failure);
        }
    }

    private static void Check(CommandResult result)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"PostgreSQL can't be set up. Set MIGRATIONSBUILD_TEST_POSTGRES to the connection string of a superuser, or put initdb and pg_ctl on the PATH.\n{result}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
