using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationsBuild.Testing;

/// <summary>A throw-away cluster from the programs <c>initdb</c> and <c>pg_ctl</c> of this machine, on the loopback address.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private const string Superuser = "postgres";
    private const string Password = "s3cret-Pa55";
    private const string Needs = "set MIGRATIONSBUILD_TEST_POSTGRES to the connection string of a superuser, or put initdb and pg_ctl on the PATH. A server that is crashed on purpose is always a cluster of our own.";

    private readonly string _folder = Directory.CreateTempSubdirectory("migrationsbuild-pg-").FullName;
    private readonly int _port = FreePort();
    private readonly string _options;

    /// <summary>Creates the cluster and starts it.</summary>
    /// <param name="settings">More of the server's settings: <c>deadlock_timeout=100ms</c>.</param>
    public PostgreSqlCluster(params string[] settings)
    {
        if (IsRoot)
            Check(CommandLine.Run("/", "chown", [Superuser, _folder]));
        var passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        if (IsRoot)
            Check(CommandLine.Run("/", "chown", [Superuser, passwordFile]));
        Check(AsServerUser("initdb", "-D", Data, "-U", Superuser, "--auth=scram-sha-256", "--pwfile=" + passwordFile, "--no-sync", "-E", "UTF8", "--locale=C"));

        // Nobody needs the data after a crash of the machine.
        _options = $"-p {_port} -h 127.0.0.1 -k {_folder} -c fsync=off -c max_connections=200{string.Concat(settings.Select(setting => " -c " + setting))}";
        Start();
    }

    /// <summary>The connection string of its superuser.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = Superuser, Password = Password }.ConnectionString;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts the server that <see cref="Stop"/> has stopped.</summary>
    public void Start() => Control("-o", _options, "-w", "start");

    /// <summary>Stops the server, its sessions ended in order.</summary>
    public void Stop() => Control("-m", "fast", "-w", "stop");

    /// <summary>Starts the server as one that waits for the end of its recovery, which is <see cref="Promote"/>, and lets nobody in before.</summary>
    public void StartInRecovery()
    {
        Check(AsServerUser("touch", Path.Combine(Data, "standby.signal")));
        Control("-o", _options + " -c hot_standby=off", "-W", "start");
    }

    /// <summary>Starts the server as a standby, which can be read from and not written to until <see cref="Promote"/>.</summary>
    public void StartAsStandby()
    {
        Check(AsServerUser("touch", Path.Combine(Data, "standby.signal")));
        Start();
    }

    /// <summary>Ends the recovery.</summary>
    public void Promote() => Control("-w", "promote");

    /// <summary>Stops the server and starts it again with the same options.</summary>
    /// <param name="mode"><c>fast</c> ends its sessions in order, <c>immediate</c> is a crash.</param>
    public void Restart(string mode) => Control("-m", mode, "-w", "restart");

    /// <inheritdoc/>
    public void Dispose()
    {
        AsServerUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Control(params string[] arguments) => Check(AsServerUser("pg_ctl", ["-D", Data, "-l", Path.Combine(_folder, "log"), .. arguments]));

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
            throw new InvalidOperationException("These tests need PostgreSQL: " + Needs, failure);
        }
    }

    private static void Check(CommandResult result)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"PostgreSQL doesn't do what these tests need: {Needs}\n{result}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
