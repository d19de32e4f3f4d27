using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>Size and time of a file, or the time of a folder, which changes if a file is added or removed.</summary>
public static class FileStamp
{
    /// <summary>The stamp of a file or folder; <c>-</c> if it doesn't exist.</summary>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return string.Format(CultureInfo.InvariantCulture, "{0}:{1}", file.Length, file.LastWriteTimeUtc.Ticks);
        var folder = new DirectoryInfo(path);
        return folder.Exists ? folder.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture) : "-";
    }
}
