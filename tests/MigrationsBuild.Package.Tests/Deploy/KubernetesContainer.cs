using System.Diagnostics;
using MigrationsBuild.Testing;
using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>A container of a pod, run as a process: the image's <c>/app</c> is the published folder.</summary>
/// <param name="pod">The pod's specification.</param>
/// <param name="container">The container in it.</param>
/// <param name="connection">What the key <c>connection</c> of the secret <c>shop-migrations</c> holds.</param>
internal sealed class KubernetesContainer(YamlNode pod, YamlNode container, string connection) : IDisposable
{
    private readonly string _root = RunFolder.Create("container");

    public CommandResult Run()
    {
        using var process = Start();
        return CommandLine.Finish(process);
    }

    /// <summary>Starts it; the output is the caller's to read.</summary>
    public Process Start()
    {
        Assert.AreEqual("/app", container.Text("workingDir"));
        Mount();
        var command = container.Texts("command");
        return ShopRepository.Shared.Start(
            ShopRepository.Shared.Published,
            command[0],
            [.. command.Skip(1), .. container.Texts("args")],
            container.All("env").Select(Variable));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private KeyValuePair<string, string?> Variable(YamlNode variable) => new(
        variable.Text("name"),
        variable.Find("valueFrom", "secretKeyRef") is { } secret
            ? Secret(secret.Text("name"), secret.Text("key"))
            : InRoot(variable.Text("value")));

    private void Mount()
    {
        foreach (var mount in container.All("volumeMounts"))
        {
            var secret = pod.All("volumes").Single(volume => volume.Text("name") == mount.Text("name")).At("secret");
            foreach (var item in secret.All("items"))
            {
                var file = InRoot($"{mount.Text("mountPath")}/{item.Text("path")}");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, Secret(secret.Text("secretName"), item.Text("key")));
            }
        }
    }

    private string Secret(string name, string key) =>
        (name, key) is ("shop-migrations", "connection")
            ? connection
            : throw new InvalidOperationException($"There is no secret {name} with a key {key}.");

    private string InRoot(string value) => value.StartsWith('/') ? _root + value : value;
}
