using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>
/// Finds SQLite's library where a deployment has it: it comes without a deps.json, which would name every file there could be, and that
/// is what the runtime looks in.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>Has libraries looked for below <c>runtimes</c>.</summary>
    /// <param name="folder">The runner's folder.</param>
    public static void LookIn(string folder) => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Names(name)
        .Select(file => Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file))
        .Where(File.Exists)
        .Select(NativeLibrary.Load)
        .FirstOrDefault();

    private static string[] Names(string name) => [$"lib{name}.so", $"lib{name}.dylib", $"{name}.dll"];
}
