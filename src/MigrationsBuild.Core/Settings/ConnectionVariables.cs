using System.Runtime.InteropServices;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>
/// The sources of a connection string: an environment variable, by default <c>MIGRATIONS_CONNECTION</c>, which may have the context's
/// name appended; or a file that such a variable with the suffix <c>_FILE</c> names, because containers mount secrets as files.
/// </summary>
public static class ConnectionVariables
{
    /// <summary>The name of the variable, unless <c>DbConnectionVariable</c> is set.</summary>
    public const string Default = "MIGRATIONS_CONNECTION";

    /// <summary>The variable of one context, which takes precedence over the general one.</summary>
    /// <param name="variable">The general variable.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static string ForContext(string variable, string context) => $"{variable}__{context}";

    /// <summary>
    /// Whether a variable is one of those that may hold the connection of a context. Another one that only begins with the same name is
    /// the application's own.
    /// </summary>
    /// <param name="variable">The general variable.</param>
    /// <param name="name">The name of the variable.</param>
    public static bool IsForAnyContext(string variable, string name)
    {
        var isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        if (!name.StartsWith(variable, isWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return false;
        var suffix = name.Substring(variable.Length);
        return suffix is "" or "_FILE" || suffix.StartsWith("__", StringComparison.Ordinal);
    }

    /// <summary>The name of the variable that is set, or <see langword="null"/> if none is.</summary>
    /// <param name="variable">The general variable.</param>
    /// <param name="context">The context's name without namespace.</param>
    public static string? FindSet(string variable, string context)
    {
        string[] names = [ForContext(variable, context), ForContext(variable, context) + "_FILE", variable, variable + "_FILE"];
        return names.FirstOrDefault(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
    }

    /// <summary>The connection string of a variable.</summary>
    /// <param name="name">A variable that <see cref="FindSet"/> found.</param>
    /// <exception cref="MigrationsException">It isn't set, or names a file that can't be read.</exception>
    public static string Read(string name)
    {
        var value = name.Length == 0 ? null : Environment.GetEnvironmentVariable(name);
        if (value is null or "")
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"No connection is set. Set the environment variable {(name.Length == 0 ? Default : name)} to the connection string.");
        }

        if (!name.EndsWith("_FILE", StringComparison.Ordinal))
            return value;
        try
        {
            return File.ReadAllText(value).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"{name} names a file that can't be read ({failure.GetType().Name}). Correct the variable, or unset it.",
                inner: failure);
        }
    }
}
