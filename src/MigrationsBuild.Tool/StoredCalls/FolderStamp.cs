using MigrationsBuild.Files;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>
/// Tells whether a file came or went. A folder's time does, and changes too when a database in it makes its journal; so the names are
/// compared where the time differs.
/// </summary>
internal static class FolderStamp
{
    private static readonly string[] _transient = ["-wal", "-shm", "-journal", ".db", ".sqlite", ".sqlite3", ".db3", ".log", ".binlog"];

    /// <summary>Whether a file's coming, going or changing means nothing to a build: databases and logs.</summary>
    public static bool IsTransient(string path) => Array.Exists(_transient, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder's names, as a hash.</summary>
    public static string Names(string folder) => Directory.Exists(folder)
        ? Fingerprint.Of(string.Join("\n", Directory.EnumerateFileSystemEntries(folder).Where(path => !IsTransient(path)).Order(StringComparer.Ordinal)))
        : "-";
}
