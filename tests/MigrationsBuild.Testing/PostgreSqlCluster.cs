using Npgsql;

namespace MigrationsBuild.Testing;

/// <summary>A throw-away cluster, which may be stopped and crashed.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private const string Superuser = "postgres";
    private const string Password = "s3cret-Pa55";

    private readonly PostgreSqlPrograms _programs = PostgreSqlPrograms.Find();
    private readonly string _options;

    /// <summary>Creates the cluster and starts it.</summary>
    /// <param name="settings">More of the server's settings: <c>deadlock_timeout=100ms</c>.</param>
    public PostgreSqlCluster(params string[] settings)
    {
        var secret = _programs.Folder + "/password";
        _programs.Write(secret, Password);
        string[] login = ["-U", Superuser, "--auth=scram-sha-256", "--pwfile=" + secret];
        Check(_programs.RunAsServer("initdb", ["-D", Data, .. login, "--no-sync", "-E", "UTF8", "--locale=C"]));

        // Nobody needs the data after a crash of the machine.
        var others = string.Concat(settings.Select(setting => " -c " + setting));
        _options = $"{_programs.ListenOptions} -c fsync=off -c max_connections=200{others}";
        Start();
    }

    /// <summary>The connection string of its superuser.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = _programs.Address.Host,
        Port = _programs.Address.Port,
        Username = Superuser,
        Password = Password,
    }.ConnectionString;

    private string Data => _programs.Folder + "/data";

    /// <summary>Starts the server that <see cref="Stop"/> has stopped.</summary>
    public void Start() => Control("-o", _options, "-w", "start");

    /// <summary>Stops the server, its sessions ended in order.</summary>
    public void Stop() => Control("-m", "fast", "-w", "stop");

    /// <summary>
    /// Starts the server as one that waits for the end of its recovery, which is <see cref="Promote"/>, and lets nobody in before.
    /// </summary>
    public void StartInRecovery()
    {
        _programs.Write(Data + "/standby.signal", "");
        Control("-o", _options + " -c hot_standby=off", "-W", "start");
    }

    /// <summary>Starts the server as a standby, which can be read from and not written to until <see cref="Promote"/>.</summary>
    public void StartAsStandby()
    {
        _programs.Write(Data + "/standby.signal", "");
        Start();
    }

    /// <summary>Ends the recovery.</summary>
    public void Promote() => Control("-w", "promote");

    /// <summary>Stops the server and starts it again with the same options.</summary>
    /// <param name="mode"><c>fast</c> ends its sessions in order, <c>immediate</c> is a crash.</param>
    public void Restart(string mode) => Control("-m", mode, "-w", "restart");

    /// <summary>Runs a client program against it.</summary>
    /// <param name="program">The program: <c>psql</c>, <c>pg_dump</c>.</param>
    /// <param name="database">The database.</param>
    /// <param name="arguments">Its arguments.</param>
    public CommandResult RunClient(string program, string database, IReadOnlyList<string> arguments) =>
        _programs.RunClient(program, database, Password, arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        _programs.RunAsServer("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        _programs.Dispose();
    }

    private void Control(params string[] arguments) =>
        Check(_programs.RunAsServer("pg_ctl", ["-D", Data, "-l", _programs.Folder + "/log", .. arguments]));

    private static void Check(CommandResult result)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"PostgreSQL doesn't do what these tests need.\n{result}");
    }
}
