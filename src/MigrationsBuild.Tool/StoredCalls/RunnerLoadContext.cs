using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// Loads the runner of the project's package version into the tool's process, with the libraries in its folder. Starting a process would
/// double the time of a call without a build.
/// </summary>
/// <param name="path">The path of the runner's assembly.</param>
internal sealed class RunnerLoadContext(string path) : AssemblyLoadContext("MigrationsBuild.Runner")
{
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>Runs a request.</summary>
    /// <param name="input">A <see cref="RunnerInput"/> as text, in the format of the runner's version.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <returns>
    /// The messages of the runner; <see langword="null"/> if it failed, or has an entry point that the tool doesn't know.
    /// </returns>
    public async Task<IReadOnlyList<MessageLine>?> RunAsync(string input, CancellationToken cancellation)
    {
        try
        {
            using var output = new MemoryStream();
            var run = LoadFromAssemblyPath(path).GetType("MigrationsBuild.Runner.BuildCall", throwOnError: true)!
                .GetMethod("RunAsync", [typeof(string), typeof(Stream), typeof(CancellationToken)])!;
            var exitCode = await (Task<int>)run.Invoke(null, [input, output, cancellation])!;
            if (exitCode != 0)
                return null;
            var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Select(MessageLine.Parse)];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The build will fail in the same way and report it properly.
            return null;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return !File.Exists(file) || IsOfRuntime(assemblyName) ? null : LoadFromAssemblyPath(file);
    }

    /// <summary>Whether the runtime has the assembly in the same or a newer version. A host would use that one as well.</summary>
    private static bool IsOfRuntime(AssemblyName name)
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name.Name + ".dll");
        return File.Exists(file) && AssemblyName.GetAssemblyName(file).Version >= name.Version;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        new AssemblyDependencyResolver(path).ResolveUnmanagedDllToPath(unmanagedDllName) is { } file
            ? LoadUnmanagedDllFromPath(file)
            : 0;
}
