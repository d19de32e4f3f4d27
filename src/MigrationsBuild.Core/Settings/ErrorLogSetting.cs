
namespace MigrationsBuild.Settings;

/// <summary>The SARIF file that <c>DbErrorLog</c> names, in the syntax of the compiler's <c>ErrorLog</c>.</summary>
internal static class ErrorLogSetting
{
    private static readonly string[] _versions = ["version=2.1", "version=2.1.0", "version=2"];

    /// <summary>A file, optionally followed by <c>,version=2.1</c>. As in the compiler, the separator may be a semicolon.</summary>
    public static SettingForm<string> Form { get; } = new("a file, or a file and the version: <file>,version=2.1", TryParse);

    private static bool TryParse(string text, out string file)
    {
        var parts = text.Split([',', ';'], 2);
        file = parts[0].Trim();
        return file.Length > 0 && (parts.Length == 1 || _versions.Contains(parts[1].Trim(), StringComparer.OrdinalIgnoreCase));
    }
}
