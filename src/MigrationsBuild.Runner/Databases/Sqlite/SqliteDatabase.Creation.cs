using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>Creating and dropping.</content>
internal sealed partial class SqliteDatabase
{
    public override Task CreateAsync(CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(FilePath) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new MigrationsException(
                DiagnosticCodes.Unreachable, $"The folder of the {Description} doesn't exist. Run: mkdir -p \"{folder}\"");
        }

        Open();

        // As EF Core's own tool creates the file.
        return ExecuteAsync("PRAGMA journal_mode = 'wal'", cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
                File.Delete(FilePath + suffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoPermission, $"The {Description} can't be deleted: {failure.Message}", inner: failure);
        }
    }
}
