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
    public static void Install(WorkerRequest request)
    {
        var folder = Path.GetDirectoryName(request.AssemblyPath)!;
        AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(context, name, folder, request.DesignAssemblyPath);
    }

    /// <summary>
    /// Whether the application has EF Core's assembly for relational providers. Without it no context has migrations, and none of the
    /// worker's types that use it can be loaded.
    /// </summary>
    public static bool HasRelationalEfCore =>
        TryLoad(AssemblyLoadContext.Default, new AssemblyName("Microsoft.EntityFrameworkCore.Relational")) is not null;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name, string folder, string designAssembly)
    {
        var file = name.Name + ".dll";
        var beside = Path.Combine(folder, file);
        if (File.Exists(beside))
            return context.LoadFromAssemblyPath(beside);
        if (designAssembly.Length > 0 && Path.GetFileName(designAssembly) == file && File.Exists(designAssembly))
            return context.LoadFromAssemblyPath(designAssembly);
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
