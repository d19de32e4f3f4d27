using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.Sqlite;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>A temporary SQLite file. Its name contains the process, so that a later run can delete the files of killed runs.</summary>
/// <param name="path">The file.</param>
internal sealed class SqliteScratchFile(string path) : IScratchServer
{
    private static readonly string[] _suffixes = ["", "-wal", "-shm", "-journal"];

    public string Name => Path.GetFileName(path);

    /// <summary>Chooses a file that doesn't exist yet, and deletes those that ended processes have left.</summary>
    public static SqliteScratchFile Create()
    {
        var folder = Path.GetTempPath();
        foreach (var file in Directory.EnumerateFiles(folder, ScratchServers.Prefix + "*.db"))
        {
            var process = Path.GetFileName(file)[ScratchServers.Prefix.Length..].Split('_')[0];
            if (int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !IsRunning(id))
                Delete(file);
        }

        return new SqliteScratchFile(
            Path.Combine(folder, $"{ScratchServers.Prefix}{Environment.ProcessId}_{Guid.NewGuid():N}.db"));
    }

    public Database Open(HistoryTable history, RunnerRequest request) =>
        new SqliteDatabase(history, request.Settings, $"Data Source={path};Pooling=False", Path.GetTempPath(), new DatabaseEvents());

    public ValueTask DisposeAsync()
    {
        Delete(path);
        return ValueTask.CompletedTask;
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            // A process of another user.
            return true;
        }
    }

    private static void Delete(string file)
    {
        try
        {
            foreach (var suffix in _suffixes)
                File.Delete(file + suffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another user's file. The next run tries again.
        }
    }
}
