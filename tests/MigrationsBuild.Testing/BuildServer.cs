using System.Collections.Concurrent;

namespace MigrationsBuild.Testing;

/// <summary>
/// MSBuild's servers for the builds of one test run: starting a process of MSBuild takes longer than the rest of a small build. A
/// server makes one build at a time, so there are as many as builds that run at once. They end with the run, or by themselves when nobody
/// has asked them for 15 minutes.
/// </summary>
internal sealed class BuildServer : IDisposable
{
    private static readonly ConcurrentStack<string> _idle = [];
    private static readonly ConcurrentBag<string> _all = [];

    /// <summary>A build finds the server that has the same one.</summary>
    private readonly string _salt;

    private BuildServer(string salt) => _salt = salt;

    /// <summary>Takes one that nobody uses. It starts with its first build, and is given back with <see cref="Dispose"/>.</summary>
    public static BuildServer Take()
    {
        if (!_idle.TryPop(out var salt))
            _all.Add(salt = "migrationsbuild-" + Guid.NewGuid().ToString("N")[..12]);
        return new BuildServer(salt);
    }

    /// <summary>Runs a build in it.</summary>
    /// <param name="folder">The build's current directory.</param>
    /// <param name="arguments">Arguments of <c>dotnet</c>.</param>
    /// <param name="environment">Environment variables for the build alone, which go before those that lead to the server.</param>
    public CommandResult Run(string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var log = Path.Combine(RunFolder.Temporary, $"{Guid.NewGuid():N}.log");
        var verbosity = arguments.LastOrDefault(argument => argument.StartsWith("-v:", StringComparison.Ordinal))?[3..] ?? "minimal";
        var result = CommandLine.Run(
            folder, Dotnet.Path, [.. arguments, $"-flp9:LogFile={log};Verbosity={verbosity};Summary"], With(environment));
        // MSBuild 18.9 loses the end of the output and the exit code of one build in 2000 (dotnet/msbuild#14172). The log has them.
        if (result.ExitCode == 0 || !File.Exists(log))
            return result;
        var output = File.ReadAllText(log);
        var succeeded = output.Contains("\nBuild succeeded.", StringComparison.Ordinal);
        return result with { Output = output, ExitCode = succeeded ? 0 : result.ExitCode };
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _idle.Push(_salt);

    /// <summary>Ends all that were started.</summary>
    public static void Stop() => Parallel.ForEach(_all, salt =>
        CommandLine.Run(RunFolder.Path, Dotnet.Path, ["build-server", "shutdown", "--msbuild"], new BuildServer(salt).With(null)));

    /// <summary>The environment of a program that builds in it.</summary>
    /// <param name="environment">More variables, which go before those that lead to the server.</param>
    public Dictionary<string, string?> With(IReadOnlyDictionary<string, string?>? environment)
    {
        var variables = new Dictionary<string, string?> { ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1", ["MSBUILDNODEHANDSHAKESALT"] = _salt };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            variables[name] = value;
        return variables;
    }
}
