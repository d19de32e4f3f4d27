using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// <c>dotnet build</c> with our logger. Ctrl-C reaches it by itself, since it shares our terminal; we wait until it has ended in order.
/// </summary>
/// <param name="arguments">Its arguments.</param>
/// <param name="isRecording">Whether it shall tell what its answer comes from.</param>
internal sealed partial class BuildProcess(IReadOnlyList<string> arguments, bool isRecording)
{
    private const int SigInt = 2;

    /// <summary>Output and error come at the same time.</summary>
    private readonly object _lines = new();

    /// <summary>Is called with each event, as it comes.</summary>
    public Action<MessageLine> OnEvent { get; init; } = _ => { };

    /// <summary>Is called with each other line that the build prints.</summary>
    public Action<string> OnOther { get; init; } = _ => { };

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    public int Run()
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        // Nobody but us gets this one, and MSBuild ends in order at Ctrl-C only.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            if (!OperatingSystem.IsWindows())
                _ = Kill(process.Id, SigInt);
        });
        Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new MigrationsException(DiagnosticCodes.Internal, $"{process.StartInfo.FileName} can't be started: {failure.Message}", inner: failure);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(DotnetPath, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_FORCE_UTF8_ENCODING"] = "true";
        // Only the command's own process can ask at the terminal; MSBuild's server and nodes refuse what asks.
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDNOINPROCNODE"] = "0";
        if (isRecording)
        {
            start.Environment["MIGRATIONSBUILD_CALL"] = "true";
            start.Environment["MSBUILDLOGIMPORTS"] = "1";
        }

        return start;
    }

    private void Pass(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            if (line.StartsWith("migrationsbuild.", StringComparison.Ordinal))
                OnEvent(MessageLine.Parse(line));
            else if (line.Length > 0)
                OnOther(line);
        }
    }

    private static string DotnetPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
