using System.Collections.Concurrent;

namespace MigrationsBuild.Testing;

/// <summary>
/// A process of MSBuild in which the builds of one test run are made, one after the other: a process that starts anew takes longer than the
/// rest of a small build. It is one of those in which every build of a solution runs. There are as many as builds that run at once, and they
/// end with the run, or by themselves when nobody has asked them for 15 minutes. MSBuild's own server would be faster still, but it is an
/// experiment: of 2000 builds it lost the end of the output and the exit code of one.
/// </summary>
internal sealed class BuildNode : IDisposable
{
    private static readonly ConcurrentStack<string> _idle = [];
    private static readonly ConcurrentBag<string> _all = [];
    private readonly string _salt;

    private BuildNode(string salt) => _salt = salt;

    /// <summary>Takes one that nobody uses. It starts with the first build, and is given back with <see cref="Dispose"/>.</summary>
    public static BuildNode Take()
    {
        if (!_idle.TryPop(out var salt))
            _all.Add(salt = "migrationsbuild-" + Guid.NewGuid().ToString("N")[..12]);
        return new BuildNode(salt);
    }

    /// <summary>What a build needs to use it, and another environment that goes before it.</summary>
    /// <param name="environment">The build's environment variables.</param>
    public Dictionary<string, string?> With(IReadOnlyDictionary<string, string?>? environment)
    {
        var variables = new Dictionary<string, string?>
        {
            ["MSBUILDNOINPROCNODE"] = "1",
            // Processes of MSBuild find each other only if they have the same one.
            ["MSBUILDNODEHANDSHAKESALT"] = _salt,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            variables[name] = value;
        return variables;
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _idle.Push(_salt);

    /// <summary>Ends all that were started.</summary>
    public static void Stop() => Parallel.ForEach(_all, salt =>
        CommandLine.Run(RunFolder.Path, Dotnet.Path, ["build-server", "shutdown", "--msbuild"], new BuildNode(salt).With(null)));
}
