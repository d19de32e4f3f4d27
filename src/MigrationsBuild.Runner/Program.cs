using System.Runtime.InteropServices;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Deployment;

namespace MigrationsBuild.Runner;

/// <summary>
/// The database side as a process. The build starts it with <c>--request &lt;file&gt;</c>; in a deployment it has a command line of its
/// own: see <see cref="DeployedRunner"/>.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interruption = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        if (args is not ["--request", var path])
        {
            NativeLibraries.LookIn(AppContext.BaseDirectory);
            var command = "dotnet " + Path.GetRelativePath(Environment.CurrentDirectory, typeof(Program).Assembly.Location);
            return await new DeployedRunner(AppContext.BaseDirectory, new ConsoleReporter(Console.Out, Console.Error, command)).RunAsync(args, interruption.Token);
        }

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
