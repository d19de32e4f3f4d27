using Microsoft.Build.Framework;

namespace MigrationsBuild.Tasks.Building;

/// <summary>
/// What this build has told already. A build that goes on to a publish, or to a verb, checks more than once; the object is the build's
/// own, and gone when it ends.
/// </summary>
public sealed class ToldFindings
{
    private const string Key = "MigrationsBuild.ToldFindings";
    private readonly HashSet<string> _told = [];

    /// <summary>The object of a build; of an MSBuild that keeps none, a new one.</summary>
    /// <param name="engine">The build.</param>
    public static ToldFindings Of(IBuildEngine engine)
    {
        if (engine is not IBuildEngine4 build)
            return new ToldFindings();
        if (build.GetRegisteredTaskObject(Key, RegisteredTaskObjectLifetime.Build) is not ToldFindings told)
            build.RegisterTaskObject(Key, told = new ToldFindings(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return told;
    }

    /// <summary>Notes a finding.</summary>
    /// <param name="finding">All that tells it from others, and how loud it is.</param>
    /// <returns>Whether it is told for the first time.</returns>
    public bool Add(string finding)
    {
        lock (_told)
            return _told.Add(finding);
    }
}
