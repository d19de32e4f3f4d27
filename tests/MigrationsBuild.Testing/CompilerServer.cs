namespace MigrationsBuild.Testing;

/// <summary>
/// The C# compiler's server for the builds of one test run, as builds have it by default: starting a compiler takes longer than
/// the rest of a small build. It ends with the run, or by itself when nobody has asked it for ten minutes.
/// </summary>
public static class CompilerServer
{
    private static readonly string _pipe = "migrationsbuild-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Adds what a build needs to use it.</summary>
    /// <param name="environment">The build's environment.</param>
    internal static void AddTo(IDictionary<string, string?> environment)
    {
        environment["UseSharedCompilation"] = "true";
        environment["SharedCompilationId"] = _pipe;
    }

    /// <summary>Ends it, if one was started.</summary>
    internal static void Stop()
    {
        // On Unix the pipe is a file in /tmp, whatever the temporary folder is.
        if (!OperatingSystem.IsWindows() && !File.Exists("/tmp/" + _pipe))
            return;
        var sdk = Dotnet.Run(Repository.Root, ["msbuild", "-getProperty:RoslynTargetsPath", "nuget/MigrationsBuild.csproj"]).Output.Trim();
        Dotnet.Run(Repository.Root, ["exec", Path.Combine(sdk, "bincore", "VBCSCompiler.dll"), "-shutdown", "-pipename:" + _pipe]);
    }
}
