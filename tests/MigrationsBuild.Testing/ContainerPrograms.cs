using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace MigrationsBuild.Testing;

/// <summary>
/// The PostgreSQL of a container image. The container itself only waits: a server in it can be stopped, crashed and started again without
/// the container's end, which would change the port that tests connect to. Who removes it, if the test host can't, is Testcontainers.
/// </summary>
internal sealed class ContainerPrograms : PostgreSqlPrograms
{
    /// <summary>The image, of the version that the tests run on everywhere.</summary>
    public const string Image = "postgres:15";

    private const int Port = 5432;
    private readonly IContainer _container;

    /// <summary>Starts a container.</summary>
    public ContainerPrograms()
    {
        _container = Configure(new ContainerBuilder(Image)).Build();
        _container.StartAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override string Folder => "/tmp";

    /// <inheritdoc/>
    public override (string Host, int Port) Address => (_container.Hostname, _container.GetMappedPublicPort(Port));

    /// <inheritdoc/>
    public override string ListenOptions => $"-p {Port} -h * -k /tmp";

    /// <summary>Whether a container engine answers.</summary>
    public static bool CanRun() => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;

    /// <summary>What the container is: it runs as the server's user, and waits.</summary>
    /// <param name="builder">A builder with the image.</param>
    public static ContainerBuilder Configure(ContainerBuilder builder) => builder
        .WithEntrypoint("sleep", "infinity")
        .WithPortBinding(Port, assignRandomHostPort: true)
        .WithCreateParameterModifier(parameters => parameters.User = User);

    /// <inheritdoc/>
    public override CommandResult RunAsServer(string program, params string[] arguments) => Execute([program, .. arguments]);

    /// <inheritdoc/>
    public override void Write(string path, string text) =>
        _container.CopyAsync(Encoding.UTF8.GetBytes(text), path).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override CommandResult RunClient(string program, string database, string password, IReadOnlyList<string> arguments)
    {
        foreach (var file in arguments.Where(File.Exists))
            _container.CopyAsync(File.ReadAllBytes(file), file).GetAwaiter().GetResult();
        var variables = ClientVariables("127.0.0.1", Port, User, password, database).Select(variable => $"{variable.Key}={variable.Value}");
        return Execute(["env", .. variables, program, .. arguments]);
    }

    /// <inheritdoc/>
    public override void Dispose() => _container.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private CommandResult Execute(string[] command)
    {
        using var timeout = new CancellationTokenSource(CommandLine.Timeout);
        var result = _container.ExecAsync(command, timeout.Token).GetAwaiter().GetResult();
        return new CommandResult(string.Join(' ', command), (int)(result.ExitCode ?? -1), result.Stdout, result.Stderr);
    }
}
