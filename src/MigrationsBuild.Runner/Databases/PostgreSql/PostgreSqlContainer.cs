using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MigrationsBuild.Diagnostics;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// A PostgreSQL server in a container, for one run. The program <c>docker</c> starts it, so that no package has a library for containers.
/// </summary>
/// <remarks>
/// The main process of the container ends with its standard input, which this process holds open. So Docker removes the container even if
/// this process is killed. The password is passed in the environment, and Docker's command line only names the variable.
/// </remarks>
internal sealed class PostgreSqlContainer : IAsyncDisposable
{
    private const string PasswordVariable = "POSTGRES_PASSWORD";
    private const string Command = "docker-entrypoint.sh postgres -c fsync=off & cat";
    private const int ShownErrors = 3;
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _endLimit = TimeSpan.FromSeconds(20);

    private readonly string _image;
    private readonly string _name;
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly Process _process;
    private readonly Queue<string> _errors = [];

    private PostgreSqlContainer(string image, string name)
    {
        (_image, _name) = (image, name);
        _process = Start(
            _password,
            "run", "--rm", "--interactive", "--name", name, "--env", PasswordVariable, "--publish", "127.0.0.1::5432", image,
            "sh", "-c", Command);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => AddError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The connection string of the server's superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a server and waits for it. The time for downloading the image isn't limited.</summary>
    /// <param name="image">The image: PostgreSQL's own, or one that is based on it.</param>
    /// <param name="name">The name of the container.</param>
    /// <exception cref="MigrationsException">Docker isn't installed, or the server can't be started.</exception>
    public static async Task<PostgreSqlContainer> StartAsync(string image, string name, CancellationToken cancellation)
    {
        var container = new PostgreSqlContainer(image, name);
        try
        {
            await container.ConnectAsync(cancellation);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(_endLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                using var remove = Start(_password, "rm", "--force", "--volumes", _name);
                await remove.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        string? port;
        while ((port = await FindPortAsync(cancellation)) is null)
            await WaitAsync(cancellation);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(port, CultureInfo.InvariantCulture),
            Username = "postgres",
            Password = _password,
            Pooling = false,
        };
        ConnectionString = settings.ConnectionString;
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                return;
            }
            catch (NpgsqlException failure)
            {
                if (Stopwatch.GetElapsedTime(start) > _startLimit)
                    throw Failure(_image, Secrets.Mask(failure.Message));
            }

            await WaitAsync(cancellation);
        }
    }

    /// <summary>The port of this machine; <see langword="null"/> while the container doesn't run yet.</summary>
    private async Task<string?> FindPortAsync(CancellationToken cancellation)
    {
        using var process = Start(_password, "port", _name, "5432/tcp");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var line = output.Split('\n')[0].Trim();
        return process.ExitCode == 0 && line.Contains(':') ? line[(line.LastIndexOf(':') + 1)..] : null;
    }

    /// <exception cref="MigrationsException">The container has ended.</exception>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        await Task.Delay(_interval, cancellation);
        if (_process.HasExited)
        {
            await _process.WaitForExitAsync(cancellation);
            throw Failure(_image, string.Join("\n", _errors));
        }
    }

    /// <summary>Docker shows the reason of a failure in its last lines. The process's end is awaited before they are read.</summary>
    private void AddError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        if (_errors.Count == ShownErrors)
            _errors.Dequeue();
        _errors.Enqueue(line);
    }

    private Process Start(string password, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[PasswordVariable] = password;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw Failure(_image, $"the program docker can't be started: {failure.Message}", failure);
        }
    }

    private static MigrationsException Failure(string image, string reason, Exception? inner = null) => new(
        DiagnosticCodes.NoScratchServer,
        $"A container from {image} (DbScratchImage) can't be started for the scratch database: {LogText.OneLine(reason)}",
        inner: inner);
}
