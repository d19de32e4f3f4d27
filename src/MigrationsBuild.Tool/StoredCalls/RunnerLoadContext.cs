using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// The runner of the project's own package version, loaded beside the tool with what lies in its folder: a process of its own would
/// take a runtime's start more, which is half of what a direct call takes.
/// </summary>
/// <param name="path">The runner's assembly.</param>
internal sealed class RunnerLoadContext(string path) : AssemblyLoadContext("MigrationsBuild.Runner")
{
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>Has the runner answer a request.</summary>
    /// <param name="input">A <see cref="RunnerInput"/> as text, of the version that the runner has.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it reported; <see langword="null"/> if it failed, or isn't of the form that this tool knows.</returns>
    public async Task<IReadOnlyList<MessageLine>?> RunAsync(string input, CancellationToken cancellation)
    {
        try
        {
            using var output = new MemoryStream();
            var run = LoadFromAssemblyPath(path).GetType("MigrationsBuild.Runner.BuildCall", throwOnError: true)!
                .GetMethod("RunAsync", [typeof(string), typeof(Stream), typeof(CancellationToken)])!;
            var exitCode = await (Task<int>)run.Invoke(null, [input, output, cancellation])!;
            return exitCode == 0
                ? [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(MessageLine.Parse)]
                : null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever it is, the build meets it too, and tells it as it should be told.
            return null;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return !File.Exists(file) || IsOfRuntime(assemblyName) ? null : LoadFromAssemblyPath(file);
    }

    /// <summary>Whether the runtime has it, as new or newer: a host would choose that one, too.</summary>
    private static bool IsOfRuntime(AssemblyName name)
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name.Name + ".dll");
        return File.Exists(file) && AssemblyName.GetAssemblyName(file).Version >= name.Version;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        new AssemblyDependencyResolver(path).ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
