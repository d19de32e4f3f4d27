using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>
/// Size and time of a file, or the time of a folder, which changes if a file is added or removed. The time of a symbolic link is its own,
/// whatever happens to its target, so the stamp of a link is a hash of the content.
/// </summary>
public static class FileStamp
{
    /// <summary>The stamp of a file or folder that doesn't exist.</summary>
    public const string Missing = "-";

    /// <summary>The stamp of a file or folder: one word.</summary>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return IsLink(file) ? Content(path) : file.Length.ToString(CultureInfo.InvariantCulture) + ":" + Time(file);
        var folder = new DirectoryInfo(path);
        if (!folder.Exists)
            return Missing;
        return IsLink(folder) ? Names(path) : Time(folder);
    }

    private static string Content(string link)
    {
        try
        {
            return Fingerprint.OfFile(link);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It has no target, or one that nobody can read.
            return Missing;
        }
    }

    private static string Names(string folder) =>
        Fingerprint.Of(string.Join("\n", Directory.EnumerateFileSystemEntries(folder).OrderBy(path => path, StringComparer.Ordinal)));

    private static string Time(FileSystemInfo file) => file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);

    private static bool IsLink(FileSystemInfo file) => (file.Attributes & FileAttributes.ReparsePoint) != 0;
}
