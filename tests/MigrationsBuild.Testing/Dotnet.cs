namespace MigrationsBuild.Testing;

/// <summary>The <c>dotnet</c> command line.</summary>
public static class Dotnet
{
    /// <summary>These ask whoever may be at a terminal, which MSBuild's server can't know, so there they refuse.</summary>
    private static readonly string[] _verbsThatAsk = ["-t:DbReset", "-t:DbRollback"];

    /// <summary>The <c>dotnet</c> that runs these tests.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs any command.</summary>
    public static CommandResult Run(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        CommandLine.Run(folder, Path, arguments, environment);

    /// <summary>Runs <c>dotnet db</c> with MSBuild's server.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="program">The tool, or <c>dotnet</c> with an assembly as the first argument.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Environment variables for it alone.</param>
    public static CommandResult RunTool(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var server = BuildServer.Take();
        return CommandLine.Run(folder, program, arguments, server.With(environment));
    }

    /// <summary>Runs a command that builds, in a process of MSBuild that has built before, and reads its binary log.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="arguments">The command and its arguments: <c>build</c>, <c>-t:DbMigrate</c>.</param>
    /// <param name="environment">Environment variables for it alone.</param>
    public static BuildResult Build(
        string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var log = System.IO.Path.Combine(folder, $"{Guid.NewGuid():N}.binlog");
        string[] logged = [.. arguments, $"-bl:{log};ProjectImports=None", "-tl:off"];
        if (arguments.Intersect(_verbsThatAsk).Any())
            return new BuildResult(Run(folder, logged, environment), log);
        using var server = BuildServer.Take();
        return new BuildResult(server.Run(folder, logged, environment), log);
    }
}
