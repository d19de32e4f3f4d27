using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// Objects that the tasks of one build share. MSBuild disposes them when the build ends. A build may use two versions of the package, each
/// with objects of its own.
/// </summary>
internal static class RegisteredObjects
{
    private static readonly object _lock = new();

    /// <summary>The object of a type that this build shares; a new one if MSBuild can't register objects.</summary>
    public static T GetOrAdd<T>(IBuildEngine engine)
        where T : class, new() => Find<T>(engine) ?? new T();

    /// <summary>
    /// The object of a type that this build shares, and disposes at its end; <see langword="null"/> if MSBuild can't register objects.
    /// </summary>
    public static T? Find<T>(IBuildEngine engine)
        where T : class, new()
    {
        if (engine is not IBuildEngine4 build)
            return null;
        var key = typeof(T).AssemblyQualifiedName + "|" + typeof(T).Assembly.Location;
        lock (_lock)
        {
            if (build.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is T known)
                return known;
            build.RegisterTaskObject(key, new T(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return build.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) as T;
        }
    }
}
