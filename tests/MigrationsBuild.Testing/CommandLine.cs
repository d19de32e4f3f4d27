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
    /// <summary>Nothing runs longer than this.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private static readonly string[] _unset =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "APPVEYOR", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID", "JENKINS_URL", "BUILD_ID", "BUILD_URL",
        "ContinuousIntegrationBuild", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "MIGRATIONS_CONNECTION", "MIGRATIONS_CONNECTION_FILE",
        "DOTNET_ROLL_FORWARD", "MSBUILDTERMINALLOGGER", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

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
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Send(process, input);
        if (!process.WaitForExit(Timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} {string.Join(" ", process.StartInfo.ArgumentList)} didn't end.\n{output.Result}{error.Result}");
        }

        return new CommandResult($"{file} {string.Join(" ", process.StartInfo.ArgumentList)}", process.ExitCode, output.Result, error.Result);
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
    public static Process Start(string folder, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
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
        foreach (var name in _unset)
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
