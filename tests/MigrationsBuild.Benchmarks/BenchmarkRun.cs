using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>What the parts of one run share. Each thing is made when the first part needs it.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly Lazy<LargeProject> _project;
    private readonly Lazy<string> _entityFramework = new(InstallEntityFramework);

    /// <param name="runs">How often each contender runs.</param>
    public BenchmarkRun(int runs)
    {
        Runs = runs;
        BuildParts.Current = BuildParts.Pack();
        _project = new(CreateProject);
    }

    public int Runs { get; }

    public Report Report { get; } = new();

    /// <summary>The project with 100 entities and 201 migrations, built and approved.</summary>
    public LargeProject Project => _project.Value;

    /// <summary>The path of <c>dotnet-ef</c>.</summary>
    public string EntityFramework => _entityFramework.Value;

    /// <summary>How a build starts the runner.</summary>
    public static string[] Runner => BuildParts.Current.RunnerCommand;

    /// <summary>The tool, as users have it.</summary>
    public static string Tool =>
        Path.Combine(Repository.Root, "src/MigrationsBuild.Tool/bin", Repository.Configuration, "net8.0/MigrationsBuild.Tool.dll");

    public void Dispose()
    {
        if (_project.IsValueCreated)
            _project.Value.Dispose();
        PostgreSqlServer.StopShared();
    }

    /// <exception cref="InvalidOperationException">The process or the build has failed.</exception>
    public static void Check(object result)
    {
        if (result is CommandResult { ExitCode: not 0 } or BuildResult { Succeeded: false })
            throw new InvalidOperationException(result.ToString());
    }

    private static LargeProject CreateProject()
    {
        Console.Error.WriteLine("Compiling 100 entities and 201 migrations with their Designer files …");
        var project = new LargeProject();
        Check(project.Project.Build("-c", "Release"));
        Check(project.Project.Build("-c", "Release", "-t:DbApprove"));
        return project;
    }

    private static string InstallEntityFramework()
    {
        var folder = RunFolder.Create("tools");
        Check(Dotnet.Run(folder, ["tool", "install", "dotnet-ef", "--version", PackageVersions.EfCore10, "--tool-path", folder]));
        return Path.Combine(folder, "dotnet-ef");
    }
}
