using System.Collections.Concurrent;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>A project that gets the package as users get it.</summary>
internal sealed class Consumer : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<InitialMigration>> _initial = [];
    private readonly TestProject _project;
    private readonly Dictionary<string, string?> _environment = PackageFeed.Shared.Environment;

    private Consumer(TestPackages packages, string? connection, string folder, string properties)
    {
        _project = TestProject.Create(packages, folder, properties);
        foreach (var file in Directory.GetFiles(_project.Folder["obj"]))
            File.Delete(file);
        PackageFeed.Shared.Configure(_project.Folder);
        _environment["MIGRATIONS_CONNECTION"] = connection;
    }

    public TestFolder Folder => _project.Folder;

    /// <summary>A project without the package: <see cref="AddPackage"/> adds it.</summary>
    public static Consumer CreateWithoutPackage(TestPackages packages, string? connection, string folder = "App") =>
        new(packages, connection, folder, "");

    /// <summary>A project that references the package, as <c>dotnet add package</c> writes it.</summary>
    public static Consumer Create(TestPackages packages, string? connection = null, string folder = "App", string properties = "")
    {
        var consumer = new Consumer(packages, connection, folder, properties);
        consumer.Folder.Replace("App.csproj", "</Project>", $"""
            <ItemGroup>
                <PackageReference Include="MigrationsBuild" Version="{PackageFeed.Shared.Version}">
                  <IncludeAssets>runtime; build; native; contentfiles; analyzers; buildtransitive</IncludeAssets>
                  <PrivateAssets>all</PrivateAssets>
                </PackageReference>
              </ItemGroup>
            </Project>
            """);
        return consumer;
    }

    /// <summary>Such a project with the draft of a first migration, which the package has made once a run.</summary>
    public static Consumer CreateDrafted(TestPackages packages, string? connection = null, string properties = "") =>
        Create(packages, connection, properties: properties).Add(Initial(packages).Draft);

    /// <summary>Such a project whose first migration is approved.</summary>
    public static Consumer CreateMigrated(TestPackages packages, string? connection = null, string properties = "") =>
        Create(packages, connection, properties: properties).Add(Initial(packages).Approved);

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

    private static InitialMigration Initial(TestPackages packages) =>
        _initial.GetOrAdd(packages.Name, _ => new(() => MakeInitial(packages))).Value;

    private static InitialMigration MakeInitial(TestPackages packages)
    {
        using var project = Create(packages);
        project.Verb("DbRevision", "Msg=initial");
        var draft = project.Migrations();
        project.Verb("DbApprove");
        return new(draft, project.Migrations());
    }

    private Dictionary<string, string> Migrations() =>
        Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)).ToDictionary();

    private Consumer Add(Dictionary<string, string> files)
    {
        foreach (var (file, text) in files)
            Folder.Write(file, text);
        return this;
    }

    private sealed record InitialMigration(Dictionary<string, string> Draft, Dictionary<string, string> Approved);
}
