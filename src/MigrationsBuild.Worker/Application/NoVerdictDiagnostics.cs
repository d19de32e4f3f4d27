using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Application;

/// <summary>Diagnostics for contexts without a verdict, because the application's code fails or takes too long.</summary>
internal static class NoVerdictDiagnostics
{
    private const string Factory = "Add an IDesignTimeDbContextFactory<TContext>, which needs no start-up code";

    /// <summary>The diagnostic for start-up code that gives no context.</summary>
    /// <param name="reason">The reason, as the second half of a sentence.</param>
    /// <param name="isLibrary">Whether there is no start-up code. An application that references the library may have some.</param>
    public static Diagnostic Create(string reason, Location? location, bool isLibrary = false)
    {
        var fix = isLibrary ? Factory + ", or set DbStartupProject to the application that creates the context" : Factory;
        return new Diagnostic(
            DiagnosticCodes.NoVerdict,
            $"The model can't be compared with its migrations: {reason}. {fix}. See the page of MIG1009",
            location);
    }

    /// <summary>The diagnostic for an exception that was thrown while a context, or the application's services, were created.</summary>
    /// <param name="subject">The context's name, or the application's.</param>
    public static Diagnostic CreateForException(string subject, Exception failure, string assemblyPath, UserCode code)
    {
        var (text, location) = code.Describe(failure);
        var application = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.Location == assemblyPath);
        var isLibrary = application is { EntryPoint: null };
        return Create($"{subject} can't be created: {text}", location, isLibrary);
    }

    /// <summary>The diagnostic for a step after the start-up code that took too long.</summary>
    /// <param name="step">The step, as the subject of a sentence.</param>
    public static Diagnostic CreateForTimeout(string step, TimeSpan limit) => new(
        DiagnosticCodes.NoVerdict,
        $"The model can't be compared with its migrations: {step} took longer than {limit.TotalSeconds:0} s. "
        + "Check what its code waits for. If it only needs more time, raise DbWorkerTimeout: a step may take ten times as long");
}
