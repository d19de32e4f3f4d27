using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>Size and time of a file, or the time of a folder, which changes if a file is added or removed.</summary>
public static class FileStamp
{
    /// <summary>The stamp of a file or folder that doesn't exist.</summary>
    public const string Missing = "-";

    /// <summary>The stamp of a file or folder: one word.</summary>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return file.Length.ToString(CultureInfo.InvariantCulture) + ":" + Time(file);
        return Directory.Exists(path) ? Time(new DirectoryInfo(path)) : Missing;
    }

    private static string Time(FileSystemInfo file) => file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}
