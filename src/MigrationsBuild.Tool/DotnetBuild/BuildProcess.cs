using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// <c>dotnet build</c> with <see cref="EventLogger"/>. It gets Ctrl-C directly from the terminal. The tool waits until it has exited.
/// </summary>
/// <param name="arguments">The arguments.</param>
/// <param name="isRecording">Whether the build reports the files that its answer depends on.</param>
internal sealed partial class BuildProcess(IReadOnlyList<string> arguments, bool isRecording)
{
    private const int SigInt = 2;

    /// <summary>The lock for lines of standard output and standard error, which are read on different threads.</summary>
    private readonly object _lines = new();

    /// <summary>Called with each event.</summary>
    public Action<MessageLine> OnEvent { get; init; } = _ => { };

    /// <summary>Called with each other line that the build writes.</summary>
    public Action<string> OnOther { get; init; } = _ => { };

    /// <summary>Runs the build until it exits, and returns the exit code.</summary>
    public int Run()
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        // Only the tool gets SIGTERM, and MSBuild ends normally only after Ctrl-C.
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
            throw new MigrationsException(
                DiagnosticCodes.Internal, $"{process.StartInfo.FileName} can't be started: {failure.Message}", inner: failure);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(DotnetProgram.Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_FORCE_UTF8_ENCODING"] = "true";
        // Only the process of the command can ask at the terminal. Verbs that ask fail in MSBuild's server and nodes.
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

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
