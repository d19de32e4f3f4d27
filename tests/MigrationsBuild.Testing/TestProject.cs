namespace MigrationsBuild.Testing;

/// <summary>
/// A user's project: a console application with a DbContext, its build extended by this repository's targets as the package would
/// extend it. Its packages are restored once a run and framework.
/// </summary>
public sealed class TestProject : IDisposable
{
    private static readonly Dictionary<string, Lazy<TestFolder>> _restored = [];
    private static readonly Dictionary<string, Lazy<IReadOnlyDictionary<string, string>>> _migrations = [];
    private readonly TestFolder _folder;

    private TestProject(TestFolder folder) => _folder = folder;

    /// <summary>Its folder.</summary>
    public TestFolder Folder => _folder;

    /// <summary>A project on SQLite with the entities User and Post, compiled and without migrations.</summary>
    /// <param name="packages">Its packages: one of <see cref="TestPackages"/>.</param>
    /// <param name="folderName">Its folder's name.</param>
    /// <param name="properties">More MSBuild properties, as XML.</param>
    public static TestProject Create(TestPackages? packages = null, string folderName = "App", string properties = "")
    {
        packages ??= TestPackages.Sqlite;
        var folder = new TestFolder(folderName);
        CopyRestored(packages, folder);
        folder.Write("App.csproj", packages.Project(properties))
            .Write("Models/User.cs", """
                namespace App.Models;

                public class User
                {
                    public int Id { get; set; }

                    public string Name { get; set; } = "";
                }

                """)
            .Write("AppContext.cs", $$"""
                using App.Models;
                using Microsoft.EntityFrameworkCore;

                namespace App;

                public class AppDbContext : DbContext
                {
                    public DbSet<User> Users => Set<User>();

                    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.{{packages.Configure}};
                }

                """)
            .Write("Program.cs", "System.Console.WriteLine(\"The application ran.\");\n");
        return new TestProject(folder);
    }

    /// <summary>Such a project with one migration, which creates the table Users and is approved.</summary>
    /// <param name="packages">Its packages: one of <see cref="TestPackages"/>.</param>
    /// <param name="properties">More MSBuild properties, as XML.</param>
    public static TestProject CreateMigrated(TestPackages? packages = null, string properties = "")
    {
        packages ??= TestPackages.Sqlite;
        var project = Create(packages, properties: properties);
        Lazy<IReadOnlyDictionary<string, string>> migrations;
        lock (_migrations)
        {
            if (!_migrations.TryGetValue(packages.Name, out migrations!))
                _migrations[packages.Name] = migrations = new(() => MakeMigrations(packages));
        }

        foreach (var (file, text) in migrations.Value)
            project.Folder.Write(file, text);
        return project;
    }

    /// <summary>One of the projects in <c>tests/Projects</c>, whose migrations EF Core's own tool made.</summary>
    /// <param name="name">The folder's name, which is also the assembly's and the root namespace.</param>
    /// <param name="packages">Its packages: one of <see cref="TestPackages"/>.</param>
    /// <param name="items">More of the project file, as XML.</param>
    public static TestProject CreateFrom(string name, TestPackages packages, string items = "")
    {
        var folder = new TestFolder(name);
        CopyRestored(packages, folder);
        folder.Write("App.csproj", packages.Project($"<AssemblyName>{name}</AssemblyName><RootNamespace>{name}</RootNamespace>", items));
        var source = System.IO.Path.Combine(Repository.Root, "tests", "Projects", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            folder.Write(System.IO.Path.GetRelativePath(source, file), File.ReadAllText(file));
        return new TestProject(folder);
    }

    /// <summary>Runs the application itself, which must be built and must succeed.</summary>
    /// <param name="environment">Environment variables for it alone.</param>
    /// <param name="arguments">Its arguments.</param>
    public CommandResult Execute(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var assembly = Directory.GetFiles(_folder["bin/Debug"], "*.runtimeconfig.json", SearchOption.AllDirectories)
            .Single()
            .Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
        var result = Dotnet.Run(_folder.Path, ["exec", assembly, .. arguments], environment);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException(result.ToString());
    }

    /// <summary>Runs <c>dotnet build</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    public BuildResult Build(params string[] arguments) => Build(null, arguments);

    /// <summary>Runs <c>dotnet build</c>.</summary>
    /// <param name="environment">Environment variables for it alone.</param>
    /// <param name="arguments">Its arguments.</param>
    public BuildResult Build(IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        Dotnet.Build(_folder.Path, ["build", "App.csproj", "--no-restore", .. arguments], environment);

    /// <summary>Runs a verb, which must succeed.</summary>
    /// <param name="target">The verb's target.</param>
    /// <param name="properties">What the call says: <c>DbTo=base</c>.</param>
    public BuildResult Run(string target, params string[] properties)
    {
        var result = Build(["-t:" + target, .. properties.Select(property => "-p:" + property)]);
        return result.Succeeded ? result : throw new InvalidOperationException($"{target} failed.\n{result}");
    }

    /// <summary>Runs a verb on a database, which must succeed.</summary>
    /// <param name="connection">The connection string, which goes into the environment.</param>
    /// <param name="target">The verb's target.</param>
    /// <param name="properties">What the call says: <c>DbTo=base</c>.</param>
    public BuildResult RunOn(string connection, string target, params string[] properties)
    {
        var result = Build(
            new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = connection },
            ["-t:" + target, .. properties.Select(property => "-p:" + property)]);
        return result.Succeeded ? result : throw new InvalidOperationException($"{target} failed.\n{result}");
    }

    /// <summary>The one SQL file of that direction whose name contains this.</summary>
    public string Sql(string name, bool down = false) => Directory.GetFiles(_folder["Migrations"], $"*{name}*.sql")
        .Select(path => System.IO.Path.GetRelativePath(_folder.Path, path))
        .Single(path => path.EndsWith(".down.sql", StringComparison.Ordinal) == down);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static void CopyRestored(TestPackages packages, TestFolder folder)
    {
        Lazy<TestFolder> restored;
        lock (_restored)
        {
            if (!_restored.TryGetValue(packages.Name, out restored!))
                _restored[packages.Name] = restored = new(() => Restore(packages));
        }

        Directory.CreateDirectory(folder["obj"]);
        foreach (var file in Directory.GetFiles(restored.Value["obj"]))
            File.Copy(file, System.IO.Path.Combine(folder["obj"], System.IO.Path.GetFileName(file)));
        TestPackages.WriteImports(folder);
    }

    private static Dictionary<string, string> MakeMigrations(TestPackages packages)
    {
        using var project = Create(packages);
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        return project.Folder.Sources().Where(file => file.Key.StartsWith("Migrations", StringComparison.Ordinal)).ToDictionary();
    }

    private static TestFolder Restore(TestPackages packages)
    {
        var folder = new TestFolder();
        folder.Write("App.csproj", packages.Project(""));
        // A version that a feed doesn't have would be another one on another machine.
        var result = Dotnet.Run(folder.Path, ["restore", "App.csproj", "-warnAsError:NU1603;NU1605"]);
        return result.ExitCode == 0 ? folder : throw new InvalidOperationException(result.ToString());
    }
}
