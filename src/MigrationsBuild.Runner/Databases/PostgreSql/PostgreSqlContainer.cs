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
/// The main process of the container ends with its standard input, which this process holds open, and with the server. So Docker removes
/// the container even if this process is killed, and a server that ends isn't waited for. The password is passed in the environment, and
/// Docker's command line only names the variable.
/// </remarks>
internal sealed class PostgreSqlContainer : IAsyncDisposable
{
    private const string PasswordVariable = "POSTGRES_PASSWORD";

    /// <summary>The shell gives a process in the background no standard input, except by another descriptor.</summary>
    private const string Command =
        "exec 3<&0; cat <&3 & input=$!; { docker-entrypoint.sh postgres -c fsync=off; kill $input; } & wait $input 2>/dev/null";

    private const int ShownErrors = 3;
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(300);

    private readonly ContainerProgram _program;
    private readonly string _image;
    private readonly string _name;
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly Process _process;
    private readonly Queue<string> _errors = [];

    private PostgreSqlContainer(ContainerProgram program, string image, string name)
    {
        (_program, _image, _name) = (program, image, name);
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
    /// <param name="program">The program that starts it.</param>
    /// <param name="image">The image: PostgreSQL's own, or one that is based on it.</param>
    /// <param name="name">The name of the container.</param>
    /// <exception cref="MigrationsException">Docker isn't installed, or the server can't be started.</exception>
    public static async Task<PostgreSqlContainer> StartAsync(
        ContainerProgram program, string image, string name, CancellationToken cancellation)
    {
        var container = new PostgreSqlContainer(program, image, name);
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

    /// <summary>Ends the container. If that isn't possible, nothing is reported, because the run has its own result.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            if (await EndsAsync(_process))
                return;
            _process.Kill();
            try
            {
                using var remove = Start(_password, "rm", "--force", "--volumes", _name);
                remove.OutputDataReceived += (_, _) => { };
                remove.ErrorDataReceived += (_, _) => { };
                remove.BeginOutputReadLine();
                remove.BeginErrorReadLine();
                if (!await EndsAsync(remove))
                    remove.Kill();
            }
            catch (MigrationsException)
            {
            }
        }
    }

    private async Task<bool> EndsAsync(Process process)
    {
        using var limit = new CancellationTokenSource(_program.EndLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
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
                if (Stopwatch.GetElapsedTime(start) > _program.StartLimit)
                    throw Failure(_image, $"{Secrets.Mask(failure.Message)}\n{LastErrors()}");
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
            throw Failure(_image, LastErrors());
        }
    }

    private void AddError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_errors)
        {
            if (_errors.Count == ShownErrors)
                _errors.Dequeue();
            _errors.Enqueue(line);
        }
    }

    /// <summary>The last lines of Docker and of the server, which show the reason of a failure.</summary>
    private string LastErrors()
    {
        lock (_errors)
            return Secrets.Mask(string.Join("\n", _errors));
    }

    private Process Start(string password, params string[] arguments)
    {
        var start = new ProcessStartInfo(_program.Path, arguments)
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
