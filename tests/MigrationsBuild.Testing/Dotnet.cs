namespace MigrationsBuild.Testing;

/// <summary>The <c>dotnet</c> command line.</summary>
public static class Dotnet
{
    /// <summary>The <c>dotnet</c> that runs these tests.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>These ask where somebody may be at a terminal. A node of MSBuild can't know whether somebody is, so there they refuse.</summary>
    private static readonly string[] _verbsThatAsk = ["-t:DbReset", "-t:DbRollback"];

    /// <summary>Runs any command. If it builds, it does so in a process of MSBuild that has built before.</summary>
    public static CommandResult Run(string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        if (arguments.Intersect(_verbsThatAsk).Any())
            return CommandLine.Run(folder, Path, arguments, environment);
        using var node = BuildNode.Take();
        return CommandLine.Run(folder, Path, arguments, node.With(environment));
    }

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
