using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>A project that gets the package as users get it.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TestProject _project;
    private readonly Dictionary<string, string?> _environment = PackageFeed.Shared.Environment;

    public Consumer(TestPackages packages, string? connection, string folder = "App", string properties = "")
    {
        _project = TestProject.Create(packages, folder, properties);
        foreach (var file in Directory.GetFiles(_project.Folder["obj"]))
            File.Delete(file);
        PackageFeed.Shared.Configure(_project.Folder);
        _environment["MIGRATIONS_CONNECTION"] = connection;
    }

    public TestFolder Folder => _project.Folder;

    public void AddPackage()
    {
        var result = Dotnet.Run(Folder.Path, ["add", "package", "MigrationsBuild", "--version", PackageFeed.Shared.Version], _environment);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", Folder.Read("App.csproj"));
    }

    public BuildResult Build(params string[] arguments) => Dotnet.Build(Folder.Path, ["build", .. arguments], _environment);

    public BuildResult Publish(params string[] arguments) => Dotnet.Build(Folder.Path, ["publish", .. arguments], _environment);

    /// <summary>Runs a verb, which must succeed.</summary>
    public string Verb(string target, params string[] properties)
    {
        var result = Build(["-t:" + target, .. properties.Select(property => "-p:" + property)]);
        Assert.IsTrue(result.Succeeded, result.ToString());
        return result.Output;
    }

    public CommandResult Run(string program, params string[] arguments) => CommandLine.Run(Folder.Path, program, arguments, _environment);

    public void Dispose() => _project.Dispose();
}
