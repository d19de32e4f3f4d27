using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Tool.Calls;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>
/// <c>dotnet build</c> with <see cref="EventLogger"/>. It gets Ctrl-C directly from the terminal. The tool waits until it has exited.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="project">The project or solution.</param>
/// <param name="isRecording">Whether the build reports the files that its answer depends on.</param>
internal sealed partial class BuildProcess(VerbCall call, ProjectChoice project, bool isRecording)
{
    private const int SigInt = 2;

    /// <summary>The lock for events and for the lines of standard output and standard error, which are read on different threads.</summary>
    private readonly object _lock = new();

    private bool _hasSucceeded;

    /// <summary>Called with each event.</summary>
    public Action<MessageLine> OnEvent { get; init; } = _ => { };

    /// <summary>Called with each line that the build writes.</summary>
    public Action<string> OnOther { get; init; } = _ => { };

    /// <summary>Runs the build until it exits.</summary>
    /// <returns>
    /// The exit code. The last event decides whether it is 0: MSBuild's server may lose the exit code of a build that has succeeded
    /// (dotnet/msbuild#14172).
    /// </returns>
    public int Run()
    {
        using var events = new EventReader(Take);
        using var process = new Process { StartInfo = StartInfo(BuildArguments.Of(call, project, events.PipeName, isRecording)) };
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
        events.End();
        return _hasSucceeded ? 0 : Math.Max(process.ExitCode, 1);
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

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
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
        // Verbs that ask fail in MSBuild's server and nodes, which have no terminal. For others the server is the user's choice.
        if (call.Verb.MayAsk)
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
        if (line is not { Length: > 0 })
            return;
        lock (_lock)
            OnOther(line);
    }

    private void Take(MessageLine message)
    {
        lock (_lock)
        {
            _hasSucceeded = message.Name == BuildEvents.Finished && message.Has("succeeded");
            OnEvent(message);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
