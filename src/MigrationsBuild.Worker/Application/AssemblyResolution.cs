using System.Reflection;
using System.Runtime.Loader;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Finds assemblies that aren't in the application's deps.json: those in the application's folder, the Design package, which is a private
/// dependency, and lower versions than those that the worker was compiled against.
/// </summary>
internal static class AssemblyResolution
{
    private static WorkerRequest? _request;

    /// <summary>Finds lower versions from now on: with a lower patch of EF Core, each of its assemblies.</summary>
    public static void Install() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <summary>Also finds the assemblies that a request names. Before the request, the build may not have compiled them.</summary>
    public static void Know(WorkerRequest request) => _request = request;

    /// <summary>
    /// Whether the application has EF Core's assembly for relational providers. Without it no context has migrations, and none of the
    /// worker's types that use it can be loaded.
    /// </summary>
    public static bool HasRelationalEfCore =>
        TryLoad(AssemblyLoadContext.Default, new AssemblyName("Microsoft.EntityFrameworkCore.Relational")) is not null;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (_request is { } request)
        {
            var file = name.Name + ".dll";
            var beside = Path.Combine(Path.GetDirectoryName(request.AssemblyPath)!, file);
            if (File.Exists(beside))
                return context.LoadFromAssemblyPath(beside);
            var design = request.DesignAssemblyPath;
            if (design.Length > 0 && Path.GetFileName(design) == file && File.Exists(design))
                return context.LoadFromAssemblyPath(design);
        }

        return name.Version is null ? null : TryLoad(context, new AssemblyName(name.Name!));
    }

    private static Assembly? TryLoad(AssemblyLoadContext context, AssemblyName name)
    {
        try
        {
            return context.LoadFromAssemblyName(name);
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }
}
