using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>The types of an assembly, except for those that need an assembly that isn't deployed.</summary>
internal static class LoadableTypes
{
    public static IEnumerable<Type> Of(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            return failure.Types.OfType<Type>();
        }
    }
}
