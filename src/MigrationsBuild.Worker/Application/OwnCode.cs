using System.Diagnostics;
using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Worker.Model;

namespace MigrationsBuild.Worker.Application;

/// <summary>Says where in the user's own code something went wrong.</summary>
internal static class OwnCode
{
    private const string Factory = "Give it an IDesignTimeDbContextFactory<TContext>, which needs no start-up code";

    /// <summary>The verdict that there is none.</summary>
    /// <param name="why">What is wrong, as the second half of a sentence.</param>
    /// <param name="place">Where in the user's code.</param>
    /// <param name="isLibrary">Whether there is no start-up code: an application may have some that makes the context.</param>
    public static Diagnostic NoVerdict(string why, Place? place, bool isLibrary = false)
    {
        var cure = isLibrary ? Factory + ", or have the application that makes it check it (DbStartupProject)" : Factory;
        return new(DiagnosticCodes.NoVerdict, $"The model can't be compared with its migrations: {why}. {cure}: see the page of MIG1009", place);
    }

    /// <summary>The verdict that there is none because a step after the start-up code took too long.</summary>
    /// <param name="step">The step, as the subject of a sentence.</param>
    /// <param name="limit">How long it may take.</param>
    public static Diagnostic TooSlow(string step, TimeSpan limit) => new(
        DiagnosticCodes.NoVerdict,
        $"The model can't be compared with its migrations: {step} took longer than {limit.TotalSeconds:0} s. "
        + "See what its code waits for. If it only needs more time, raise DbWorkerTimeout: one step may take ten times as long");

    /// <summary>The verdict that there is none because making a context threw.</summary>
    /// <param name="subject">What could not be made: a context's name, or the application's services.</param>
    /// <param name="failure">What was thrown.</param>
    /// <param name="assemblyPath">The application.</param>
    /// <param name="source">The application's source files.</param>
    public static Diagnostic NoVerdict(string subject, Exception failure, string assemblyPath, SourceMap source)
    {
        var (what, place) = Describe(failure, assemblyPath, source);
        var isLibrary = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.Location == assemblyPath) is { EntryPoint: null };
        return NoVerdict($"{subject} can't be made: {what}", place, isLibrary);
    }

    /// <summary>What was thrown, without secrets, as the end of a sentence, and where in the user's code.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="assemblyPath">The application.</param>
    /// <param name="source">The application's source files.</param>
    public static (string What, Place? Place) Describe(Exception failure, string assemblyPath, SourceMap source)
    {
        while (failure is TargetInvocationException or AggregateException && failure.InnerException is not null)
            failure = failure.InnerException;
        var root = failure;
        while (root.InnerException is not null)
            root = root.InnerException;
        var frame = FirstFrame(new StackTrace(failure, fNeedFileInfo: true), assemblyPath)
            ?? FirstFrame(new StackTrace(root, fNeedFileInfo: true), assemblyPath);
        var message = failure == root ? failure.Message : $"{failure.Message} ({root.GetType().Name}: {root.Message})";
        return ($"{failure.GetType().Name}: {Secrets.Mask(message).TrimEnd('.')}{Describe(frame)}", source.PlaceOf(frame));
    }

    /// <summary>The innermost frame of code that was compiled beside the application from sources.</summary>
    public static StackFrame? FirstFrame(StackTrace trace, string assemblyPath)
    {
        var folder = Path.GetDirectoryName(assemblyPath);
        return trace.GetFrames().FirstOrDefault(frame =>
            frame.GetMethod()?.Module.Assembly is { } assembly
            && assembly != typeof(OwnCode).Assembly
            && Path.GetDirectoryName(assembly.Location) == folder
            && (frame.GetFileName() is not null || assembly.Location == assemblyPath));
    }

    /// <summary>The frame as the end of a sentence.</summary>
    public static string Describe(StackFrame? frame) => frame?.GetMethod() is { } method
        ? $", at {method.DeclaringType?.FullName}.{method.Name}"
        : "";
}
