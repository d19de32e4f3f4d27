using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.BuildState;

/// <summary>Objects that the tasks of one build share: each is the build's own, and gone when it ends.</summary>
internal static class RegisteredObjects
{
    /// <summary>The build's object of a type; of an MSBuild that keeps none, a new one.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="engine">The build.</param>
    public static T GetOrAdd<T>(IBuildEngine engine)
        where T : class, new()
    {
        if (engine is not IBuildEngine4 build)
            return new T();
        var key = typeof(T).FullName!;
        if (build.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not T shared)
            build.RegisterTaskObject(key, shared = new T(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return shared;
    }
}
