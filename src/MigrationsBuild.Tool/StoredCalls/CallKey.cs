using MigrationsBuild.Files;
using MigrationsBuild.Settings;
using MigrationsBuild.Tool.Calls;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// Identifies what an answer depends on besides files: the environment, because each variable is a property in MSBuild, and the
/// properties of the call that affect the build.
/// </summary>
internal static class CallKey
{
    /// <summary>The key of a call, as a hash.</summary>
    /// <param name="call">The call.</param>
    /// <param name="variable">
    /// The variable of the connection. It doesn't count, nor do those of single contexts, because the runner reads them itself.
    /// </param>
    public static string Of(VerbCall call, string variable)
    {
        var environment = EnvironmentFingerprint.Of(name => ConnectionVariables.IsForAnyContext(variable, name));
        var version = $"{typeof(CallKey).Module.ModuleVersionId}|{call.Configuration}|{call.NoBuild}";
        return Fingerprint.Of(string.Join("\0", [version, .. Properties(call), environment]));
    }

    private static IEnumerable<string> Properties(VerbCall call) => call.Properties
        .Where(property => !call.Verb.Properties.Contains(property.Key))
        .Select(property => $"{property.Key}={property.Value}");
}
