using MigrationsBuild.Files;
using MigrationsBuild.Tool.Calls;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// What a build's answer may depend on besides files: the environment, each variable of which is a property to MSBuild, and what the
/// call says of the build.
/// </summary>
internal static class CallKey
{
    /// <summary>A hash that changes when any of it does.</summary>
    /// <param name="call">The call.</param>
    /// <param name="variable">The variable of the connection, which the runner reads anew; what is named after it doesn't count.</param>
    public static string Of(VerbCall call, string variable)
    {
        var environment = EnvironmentFingerprint.Of(name => name.StartsWith(variable, StringComparison.OrdinalIgnoreCase));
        return Fingerprint.Of(string.Join("\0", [$"{typeof(CallKey).Module.ModuleVersionId}|{call.Configuration}|{call.NoBuild}", .. Properties(call), environment]));
    }

    /// <summary>Whether the call says no more than which verb it wants; what it says of the build is in the key.</summary>
    public static bool IsPlain(VerbCall call) => Properties(call).Count() == call.Properties.Count;

    private static IEnumerable<string> Properties(VerbCall call)
    {
        var own = call.Verb.Options.Select(option => option.Property).Append(call.Verb.Argument?.Property).Append(call.Verb.VerboseProperty).ToList();
        return call.Properties.Where(property => !own.Contains(property.Key)).Select(property => $"{property.Key}={property.Value}");
    }
}
