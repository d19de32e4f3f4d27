using System.Reflection;
using System.Runtime.CompilerServices;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Worker.Application;

namespace MigrationsBuild.Worker;

/// <summary>
/// The EF Core side: started in the user's dependency graph, it reads the request from standard input and answers through a pipe.
/// </summary>
internal static class Program
{
    private static int Main()
    {
        var request = ReadRequest();
        AssemblyResolution.Install(request);
        using var pipe = new AnswerPipe(request.AnswerPipe);
        using var watchdog = new Watchdog(request, pipe);
        if (AssemblyResolution.HasRelationalEfCore)
            Answer(request, pipe, watchdog);
        else
            watchdog.Answer(new WorkerAnswer([], []));

        // Threads that the application's start-up code left behind don't keep us.
        Environment.Exit(0);
        return 0;
    }

    /// <summary>Standard input is then at its end, as the application's own code finds it where nobody types.</summary>
    private static WorkerRequest ReadRequest()
    {
        using var reader = MessagePipe.Reader(Console.OpenStandardInput());
        return WorkerRequest.From(MessagePipe.Read(reader));
    }

    /// <summary>Apart from <see cref="Main"/>, because it touches EF Core's types, which <see cref="AssemblyResolution"/> may have to find.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Answer(WorkerRequest request, AnswerPipe pipe, Watchdog watchdog)
    {
        WorkerAnswer answer;
        try
        {
            answer = new Session(request, pipe, watchdog).Answer();
        }
        catch (MigrationsException failure)
        {
            answer = new WorkerAnswer([], [failure.Diagnostic]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } cause)
        {
            // The Design package's own refusals, and what its extensions throw.
            var failed = $"Microsoft.EntityFrameworkCore.Design failed: {cause.GetType().Name}: {Secrets.Mask(cause.Message)}";
            answer = new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.Internal, $"{failed}. The build with -v:d shows more")]);
            Console.Error.WriteLine(cause);
        }

        watchdog.Answer(answer);
    }
}
