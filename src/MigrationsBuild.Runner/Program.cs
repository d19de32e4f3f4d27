using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MigrationsBuild.Messages;
using MigrationsBuild.Runner.Deployment;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Startup;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner;

/// <summary>
/// The database side as a process. A build starts it with <c>--request -</c> and sends the request over standard input; in a deployment it
/// has a command line of its own: see <see cref="DeployedRunner"/>.
/// </summary>
internal static class Program
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">Its arguments.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> Main(string[] args)
    {
        using var interruption = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        if (args is ["--request", "-"])
            return await RunForBuildAsync(interruption);
        NativeLibraries.LookIn(AppContext.BaseDirectory);
        var assembly = Path.Combine(AppContext.BaseDirectory, "MigrationsBuild.Runner.dll");
        var command = "dotnet " + Path.GetRelativePath(Environment.CurrentDirectory, assembly);
        var reporter = new ConsoleReporter(Console.Out, Console.Error, command);
        return await new DeployedRunner(AppContext.BaseDirectory, reporter).RunAsync(args, interruption.Token);
    }

    private static async Task<int> RunForBuildAsync(CancellationTokenSource interruption)
    {
        var call = new BuildCall(Console.OpenStandardOutput());
        var reader = MessagePipe.Reader(Console.OpenStandardInput());
        if (call.Read(reader) is not { } input)
            return ExitCodes.Failed;
        // A native program compiles nothing.
        var profile = RuntimeFeature.IsDynamicCodeSupported ? StartupProfile.Use(input.Request.StartupProfilePath) : null;
        try
        {
            return await call.RunAsync(input, new BuildAnswers(reader, interruption), interruption.Token);
        }
        finally
        {
            profile?.Store(input.Request.StartupProfilePath);
        }
    }
}
