using System.Reflection;
using System.Runtime.CompilerServices;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Startup;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Startup;

namespace MigrationsBuild.Worker;

/// <summary>
/// The EF Core side. It is started in the user's dependency graph, reads the request from standard input and answers through a pipe.
/// </summary>
internal static class Program
{
    private static int Main()
    {
        using var input = MessagePipe.Reader(Console.OpenStandardInput());
        var start = WorkerStart.From(MessagePipe.Read(input));
        AssemblyResolution.Install();
        var profile = StartupProfile.Use(
            start.WritesCode && File.Exists(start.CodeProfilePath) ? start.CodeProfilePath : start.ProfilePath);
        if (ReadRequest(input) is not { } request)
            return 0;
        if (start.IsEarly && HasLoadedProject(request))
            return 1;
        AssemblyResolution.Know(request);
        using var pipe = new AnswerPipe(start.AnswerPipe);
        using var watchdog = new Watchdog(request, pipe);
        var answer = AssemblyResolution.HasRelationalEfCore ? Answer(request, pipe, watchdog) : new WorkerAnswer([], []);
        watchdog.Answer(answer);

        profile?.Store(
            answer.Changes.Any(change => change.Text is not null) ? start.CodeProfilePath : start.ProfilePath,
            all => ProjectIndependentProfile.Select(all, PackageAssemblies.Of(request.AssemblyPath)));

        // Threads that the application's start-up code has started don't keep the process alive.
        Environment.Exit(0);
        return 0;
    }

    /// <summary>
    /// Whether the process has loaded a project's assembly, in its version from before the compilation. An answer about that version would
    /// be wrong, so the build then asks another worker. Normally this can't happen, because the profile names no project's assembly.
    /// </summary>
    private static bool HasLoadedProject(WorkerRequest request)
    {
        var names = request.Projects.Select(project => project.AssemblyName)
            .Append(Path.GetFileNameWithoutExtension(request.AssemblyPath))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), assembly => names.Contains(assembly.GetName().Name!));
    }

    /// <summary>
    /// Reads standard input to the end of the request. The build sends nothing after it, so the application's own code finds nothing to
    /// read.
    /// </summary>
    /// <returns>The request; <see langword="null"/> if the build ends without one.</returns>
    private static WorkerRequest? ReadRequest(TextReader input)
    {
        try
        {
            return WorkerRequest.From(MessagePipe.Read(input));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>
    /// Not part of <see cref="Main"/>, because it uses types of EF Core, which <see cref="AssemblyResolution"/> may have to find.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WorkerAnswer Answer(WorkerRequest request, AnswerPipe pipe, Watchdog watchdog)
    {
        try
        {
            return new Session(request, pipe, watchdog).Answer();
        }
        catch (MigrationsException failure)
        {
            return new WorkerAnswer([], [failure.Diagnostic]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } cause)
        {
            // An exception of the Design package or of its extensions.
            Console.Error.WriteLine(cause);
            var text = $"Microsoft.EntityFrameworkCore.Design failed: {cause.GetType().Name}: {Secrets.Mask(cause.Message)}. "
                + "The log of a build with -v:d has the details";
            return new WorkerAnswer([], [new Diagnostic(DiagnosticCodes.Internal, text)]);
        }
    }
}
