using System.Runtime.InteropServices;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Runner;

/// <summary>The database side as a process: <c>MigrationsBuild.Runner.dll --request &lt;file&gt;</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not ["--request", var path])
        {
            await Console.Error.WriteLineAsync("Usage: dotnet MigrationsBuild.Runner.dll --request <file>. MigrationsBuild's targets write that file.");
            return 2;
        }

        using var interruption = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        WatchInput(interruption);
        var request = RunnerRequest.From(MessageFile.Read(path).First());
        return await new MigrationRunner(new LineReporter(Console.OpenStandardOutput())).RunAsync(request, interruption.Token);
    }

    /// <summary>The build that started us closes our standard input when it is cancelled.</summary>
    private static void WatchInput(CancellationTokenSource interruption) => new Thread(() =>
    {
        var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        try
        {
            interruption.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended.
        }
    })
    { IsBackground = true }.Start();
}
