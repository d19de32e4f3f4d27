using System.Reflection;
using System.Runtime.CompilerServices;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Worker.Application;

namespace MigrationsBuild.Worker;

/// <summary>
/// The EF Core side: started in the user's dependency graph with a request file, it writes an answer file. Standard output belongs to
/// the application's own code, so nothing is said there.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var request = WorkerRequest.From(MessageFile.Read(args[0]));
        AssemblyResolution.Install(request);
        using var watchdog = new StartupWatchdog(request);
        if (AssemblyResolution.HasRelationalEfCore)
            Answer(request, watchdog);
        else
            watchdog.Answer(new WorkerAnswer([], []));

        // Threads that the application's start-up code left behind don't keep us.
        Environment.Exit(0);
        return 0;
    }

    /// <summary>Apart from <see cref="Main"/>, because it touches EF Core's types, which <see cref="AssemblyResolution"/> may have to find.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Answer(WorkerRequest request, StartupWatchdog watchdog)
    {
        WorkerAnswer answer;
        try
        {
            using var session = new Session(request);
            answer = session.Answer();
        }
        catch (MigrationsException failure)
        {
            answer = new WorkerAnswer([], [failure.Diagnostic]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } cause)
        {
            // The Design package's own refusals, and what its extensions throw.
            answer = new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.Internal, $"Microsoft.EntityFrameworkCore.Design failed: {cause.GetType().Name}: {Secrets.Mask(cause.Message)}. The build with -v:d shows more")]);
            Console.Error.WriteLine(cause);
        }

        watchdog.Answer(answer);
    }
}
