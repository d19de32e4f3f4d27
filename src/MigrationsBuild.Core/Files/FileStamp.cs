using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>Size and time of a file, or the time of a folder, which changes when a file comes or goes. A stat tells it.</summary>
public static class FileStamp
{
    /// <summary>The stamp; <c>-</c> if nothing is there.</summary>
    /// <param name="path">A file or folder.</param>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return file.Length.ToString(CultureInfo.InvariantCulture) + ":" + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
        var folder = new DirectoryInfo(path);
        return folder.Exists ? folder.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture) : "-";
    }
}
