using System.Collections;

namespace MigrationsBuild.Files;

/// <summary>The environment, each variable of which is a property to MSBuild, and may decide what an application does.</summary>
public static class EnvironmentFingerprint
{
    // Differ from one terminal to the next and mean nothing to a build or an application. What isn't named here counts.
    private static readonly HashSet<string> _passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "COLORTERM", "COLUMNS", "DISPLAY", "LINES", "LS_COLORS", "NO_COLOR", "OLDPWD", "PWD", "SHLVL", "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION",
        "TERM_SESSION_ID", "TMUX", "TMUX_PANE", "WINDOWID", "WT_PROFILE_ID", "WT_SESSION", "DOTNET_CLI_TELEMETRY_SESSIONID", "DOTNET_HOST_PATH",
        // Set by `dotnet db`, and not where `dotnet-db` is called by that name.
        "MSBUILDFAILONDRIVEENUMERATINGWILDCARD",
    };

    /// <summary>A hash that changes when a variable does that isn't known to mean nothing.</summary>
    /// <param name="ignores">Further names of variables that don't count.</param>
    public static string Of(Predicate<string> ignores)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value))
            .Where(entry => !_passing.Contains(entry.Name) && !ignores(entry.Name))
            .Select(entry => $"{entry.Name}={entry.Value}")
            .OrderBy(text => text, StringComparer.Ordinal);
        return Fingerprint.Of(string.Join("\0", environment));
    }
}
