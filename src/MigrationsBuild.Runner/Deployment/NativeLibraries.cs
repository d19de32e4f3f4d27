using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>
/// Finds SQLite's library in a deployment. The runtime looks in the deps.json, which a deployment doesn't have, because it would name files
/// that were not published.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>Has the runtime look for libraries below <c>runtimes</c>.</summary>
    /// <param name="folder">The runner's folder.</param>
    public static void LookIn(string folder) => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Names(name)
        .Select(file => Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file))
        .Where(File.Exists)
        .Select(NativeLibrary.Load)
        .FirstOrDefault();

    private static string[] Names(string name) => [$"lib{name}.so", $"lib{name}.dylib", $"{name}.dll"];
}
