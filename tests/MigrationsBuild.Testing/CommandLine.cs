using System.Diagnostics;
using System.Text;

namespace MigrationsBuild.Testing;

/// <summary>What a process did.</summary>
/// <param name="Command">How it was started.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>All of it: a failing test shows this.</summary>
    public override string ToString() => $"$ {Command}\n{Output}{Error}exit code {ExitCode}\n";
}

/// <summary>Runs processes in an environment that doesn't depend on who runs the tests.</summary>
public static class CommandLine
{
    /// <summary>Nothing runs longer than this. Only the benchmarks change it.</summary>
    public static TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan _drainTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] _unset =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "APPVEYOR", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID", "JENKINS_URL", "BUILD_ID", "BUILD_URL",
        "ContinuousIntegrationBuild", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "MIGRATIONS_CONNECTION", "MIGRATIONS_CONNECTION_FILE",
        "DOTNET_ROLL_FORWARD",
    ];

    /// <summary>The prefixes of the variables that MSBuild sets for its own processes, if it has started these tests.</summary>
    private static readonly string[] _unsetPrefixes = ["MSBUILD", "_MSBUILD", "VSTEST"];

    /// <summary>Runs a process to its end.</summary>
    /// <param name="folder">Its current directory.</param>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Environment variables for it alone.</param>
    /// <param name="input">What it reads on standard input, which stays open.</param>
    public static CommandResult Run(
        string folder,
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string input = "")
    {
        using var process = Start(folder, file, arguments, environment);
        return Finish(process, input);
    }

    /// <summary>Waits for the end of a process and of its output.</summary>
    /// <param name="process">A process that <see cref="Start"/> has started, and whose output nobody has read.</param>
    /// <param name="input">What it reads on standard input, which stays open.</param>
    /// <exception cref="TimeoutException">
    /// It didn't end in time and was killed, or what it started outlives it and holds its output.
    /// </exception>
    public static CommandResult Finish(Process process, string input = "")
    {
        var command = $"{process.StartInfo.FileName} {string.Join(" ", process.StartInfo.ArgumentList)}";
        var output = new CapturedOutput(process.StandardOutput);
        var error = new CapturedOutput(process.StandardError);
        if (input.Length > 0)
            Send(process, input);
        var hasEnded = process.WaitForExit(Timeout);
        if (!hasEnded)
            process.Kill(entireProcessTree: true);
        if (output.IsComplete(_drainTimeout) && error.IsComplete(_drainTimeout) && hasEnded)
            return new CommandResult(command, process.ExitCode, output.Text, error.Text);
        throw new TimeoutException($"{command} {(hasEnded ? "ended, and its output didn't" : "didn't end")}.\n{output.Text}{error.Text}");
    }

    /// <summary>Sends text to a process's standard input, and leaves it open.</summary>
    /// <param name="process">A process that <see cref="Start"/> has started.</param>
    /// <param name="input">The text.</param>
    public static void Send(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended without reading: its exit code says why.
        }
    }

    /// <summary>Starts a process; its output is the caller's to read.</summary>
    public static Process Start(
        string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var name in start.Environment.Keys.Where(IsUnset).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["TMPDIR"] = RunFolder.Temporary;
        // These processes end before a profile of them, or code that was compiled twice, pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "60000";
        // Writable code pages have to be mapped twice, which costs a short process a tenth of its time.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        CompilerServer.AddTo(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static bool IsUnset(string name) =>
        _unset.Contains(name) || _unsetPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
