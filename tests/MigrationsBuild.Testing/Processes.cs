namespace MigrationsBuild.Testing;

/// <summary>The processes of this machine, as Linux lists them.</summary>
public static class Processes
{
    /// <summary>The command lines that contain a text.</summary>
    public static IReadOnlyList<string> With(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Select(CommandLine)
            .Where(line => line.Contains(text, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }
}
