namespace MigrationsBuild.Testing;

/// <summary>The <c>dotnet</c> command line.</summary>
public static class Dotnet
{
    /// <summary>The <c>dotnet</c> that runs these tests.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs any command.</summary>
    public static CommandResult Run(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        CommandLine.Run(folder, Path, arguments, environment);

    /// <summary>Runs a command that builds, and reads its binary log.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="arguments">The command and its arguments: <c>build</c>, <c>-t:DbMigrate</c>.</param>
    /// <param name="environment">Environment variables for it alone.</param>
    public static BuildResult Build(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var log = System.IO.Path.Combine(folder, $"{Guid.NewGuid():N}.binlog");
        return new BuildResult(Run(folder, [.. arguments, $"-bl:{log};ProjectImports=None", "-tl:off"], environment), log);
    }
}
