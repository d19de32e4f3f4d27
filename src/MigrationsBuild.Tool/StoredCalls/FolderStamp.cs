using MigrationsBuild.Files;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// Detects whether files were added to or removed from a folder. The time of a folder also changes when a database creates its journal
/// there, so the names are compared if the time differs.
/// </summary>
internal static class FolderStamp
{
    private static readonly string[] _transient = ["-wal", "-shm", "-journal", ".db", ".sqlite", ".sqlite3", ".db3", ".log", ".binlog"];

    /// <summary>Whether a file doesn't affect a build: databases and logs.</summary>
    public static bool IsTransient(string path) =>
        Array.Exists(_transient, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The hash of the names in a folder.</summary>
    public static string Names(string folder) => Directory.Exists(folder)
        ? Fingerprint.Of(string.Join("\n", Directory.EnumerateFileSystemEntries(folder)
            .Where(path => !IsTransient(path))
            .Order(StringComparer.Ordinal)))
        : "-";
}
