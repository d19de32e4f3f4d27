using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.BuildState;

/// <summary>Objects that the tasks of one build share. MSBuild discards them when the build ends.</summary>
internal static class RegisteredObjects
{
    /// <summary>The object of a type that this build shares; a new one if MSBuild can't register objects.</summary>
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
