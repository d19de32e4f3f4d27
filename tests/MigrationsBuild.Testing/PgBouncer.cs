using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationsBuild.Testing;

/// <summary>A PgBouncer of a test's own, before the tests' PostgreSQL.</summary>
public sealed class PgBouncer : IDisposable
{
    private readonly string _folder = RunFolder.Create("pgbouncer");
    private readonly Process _process;

    private PgBouncer(string mode, int poolSize, int port)
    {
        Port = port;
        var server = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Shared.ConnectionString());
        var users = Path.Combine(_folder, "users.txt");
        var settings = Path.Combine(_folder, "pgbouncer.ini");
        File.WriteAllText(users, $"\"{server.Username}\" \"{server.Password}\"\n");
        File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {users}
            pool_mode = {mode}
            default_pool_size = {poolSize}
            """));
        // It refuses to run as root, as PostgreSQL does.
        string[] command = Environment.UserName == "root"
            ? ["runuser", "-u", "postgres", "--", "pgbouncer", "-q", settings]
            : ["pgbouncer", "-q", settings];
        if (Environment.UserName == "root")
            CommandLine.Run("/", "chown", ["-R", "postgres", _folder]);
        _process = CommandLine.Start("/", command[0], command[1..]);
        WaitUntilItListens();
    }

    /// <summary>Whether PgBouncer is installed: the package <c>pgbouncer</c> of most systems.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .Any(folder => File.Exists(Path.Combine(folder, "pgbouncer")));

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    /// <param name="mode"><c>session</c>, <c>transaction</c> or <c>statement</c>.</param>
    /// <param name="poolSize">How many connections to the server a database has.</param>
    public static PgBouncer Start(string mode, int poolSize = 20) => new(mode, poolSize, LocalPort.Free());

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void WaitUntilItListens()
    {
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }

        throw new InvalidOperationException($"PgBouncer doesn't start: {_process.StandardError.ReadToEnd()}");
    }
}
