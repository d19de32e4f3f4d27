using System.Collections;

namespace MigrationsBuild.Files;

/// <summary>The environment variables. Each is a property in MSBuild, and may change the behaviour of an application.</summary>
public static class EnvironmentFingerprint
{
    // These differ between terminals and mean nothing to a build or an application. All other variables count.
    private static readonly HashSet<string> _ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "COLORTERM", "COLUMNS", "DISPLAY", "LINES", "LS_COLORS", "NO_COLOR", "OLDPWD", "PWD", "SHLVL", "TERM", "TERM_PROGRAM",
        "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "TMUX", "TMUX_PANE", "WINDOWID", "WT_PROFILE_ID", "WT_SESSION",
        "DOTNET_CLI_TELEMETRY_SESSIONID", "DOTNET_CLI_USE_MSBUILD_SERVER", "DOTNET_HOST_PATH",
        // It only selects the nodes that a build uses.
        "MSBUILDNODEHANDSHAKESALT",
        // `dotnet db` sets it, but a direct call of `dotnet-db` doesn't.
        "MSBUILDFAILONDRIVEENUMERATINGWILDCARD",
    };

    /// <summary>Whether MSBuild may have set a variable itself. It sets different ones in each of its nodes.</summary>
    /// <param name="variable">The name.</param>
    public static bool IsOfMSBuild(string variable) => variable.TrimStart('_').StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    /// <summary>A hash that changes if a variable changes.</summary>
    /// <param name="ignores">Whether a variable doesn't count, besides those that never count.</param>
    public static string Of(Predicate<string> ignores)
    {
        List<string> environment = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!_ignored.Contains(name) && !ignores(name))
                environment.Add($"{name}={variable.Value}");
        }

        environment.Sort(StringComparer.Ordinal);
        return Fingerprint.Of(string.Join("\0", environment));
    }
}
