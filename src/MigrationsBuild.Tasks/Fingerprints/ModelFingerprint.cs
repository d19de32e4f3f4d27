using System.Runtime.CompilerServices;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// A hash of the code that a model, its migrations and their SQL may depend on. It is computed from metadata and IL, and is the same after
/// an edit of other code. An edit that changes the model also changes the fingerprint. The reverse is not true.
/// </summary>
internal static class ModelFingerprint
{
    /// <summary>The code that the model may depend on, with its fingerprint.</summary>
    /// <param name="application">The path of the assembly whose start-up code creates the contexts.</param>
    /// <param name="assemblies">The paths of all assemblies of the projects.</param>
    /// <param name="trail">
    /// Receives the hash before each type and method: the first difference of two trails shows what has changed.
    /// </param>
    /// <param name="runsMain">Whether the worker runs the entry point: see ApplicationServices there.</param>
    /// <param name="findsSources">Whether the source files are wanted, which are found in the PDBs.</param>
    public static ModelCode Of(
        string application, IEnumerable<string> assemblies, List<string>? trail = null, bool runsMain = true, bool findsSources = false)
    {
        try
        {
            return Compute(application, assemblies, trail, runsMain, findsSources);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // An assembly that can't be read, or an MSBuild without System.Reflection.Metadata. The worker reports what is wrong.
            return ModelCode.Unknown;
        }
    }

    /// <summary>A method of its own, because it can't be compiled without System.Reflection.Metadata.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ModelCode Compute(
        string application, IEnumerable<string> assemblies, List<string>? trail, bool runsMain, bool findsSources)
    {
        using var code = new CodeBase(assemblies.Prepend(application));
        var reachable = new ReachableCode(code, trail);
        new ModelRoots(reachable).Add(runsMain);
        reachable.Complete();
        new ResourcePrinter(reachable).Print();
        return reachable.LoadsCode || code.IsIncomplete
            ? ModelCode.Unknown
            : new ModelCode(reachable.Print.ToString(), findsSources ? [.. ModelSources.Of(code)] : []);
    }
}
