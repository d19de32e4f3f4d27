using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>The file that a connection string names.</summary>
/// <seealso href="https://www.sqlite.org/uri.html"/>
internal sealed class SqliteFile
{
    /// <summary>The sentences that follow if a file is or may be encrypted.</summary>
    public const string NoEncryption =
        "The runner's SQLite has no encryption. Apply the migrations in the application, by Database.Migrate().";

    private const string Address = "file:";
    private const string DataDirectory = "|DataDirectory|";

    private readonly SqliteConnectionStringBuilder _settings;

    /// <param name="connectionString">The connection string.</param>
    /// <param name="folder">The folder for a relative path: the application runs in the project's folder, or does in development.</param>
    /// <param name="lockTimeout">How long a statement waits for a lock; zero for no limit.</param>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="MigrationsException">It names no file, or one that the runner can't open.</exception>
    public SqliteFile(string connectionString, string folder, TimeSpan lockTimeout)
    {
        _settings = new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            // In whole seconds. The driver's own wait can't be interrupted, so a wait without a limit is a series of short waits.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(lockTimeout.TotalSeconds)),
        };
        HasLockTimeout = lockTimeout > TimeSpan.Zero;
        RefuseUnsupported();
        if (!IsAddress(_settings.DataSource))
            _settings.DataSource = Path.GetFullPath(Path.Combine(folder, _settings.DataSource));
    }

    /// <summary>The alternative for a file that the runner can't open.</summary>
    public static Hint OfflineScript { get; } = new("Or as a script in a shell that can open the file", VerbTable.Script);

    /// <summary>Whether the wait of a statement for a lock has a limit.</summary>
    public bool HasLockTimeout { get; }

    public string ConnectionString => _settings.ConnectionString;

    /// <summary>The absolute path of the file, also if the connection string has a URI.</summary>
    public string FullPath => IsAddress(_settings.DataSource) ? PathOf(_settings.DataSource) : _settings.DataSource;

    public string Name => Path.GetFileName(FullPath);

    /// <summary>The file, for people.</summary>
    public string Description => $"SQLite file {FullPath}";

    private void RefuseUnsupported()
    {
        var source = _settings.DataSource;
        if (source is ":memory:" or "" || _settings.Mode == SqliteOpenMode.Memory || IsInMemory(source))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                "The connection string names a database in memory, which ends with the process. Name a file: Data Source=app.db");
        }

        if (_settings.Password.Length > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.UnreadableFile,
                $"The connection string has a password for the SQLite file {Name}. {NoEncryption}",
                OfflineScript);
        }

        if (source.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"The connection string says {source}, and only the application's own process knows that folder. "
                + "Name the file by its path: Data Source=/data/app.db");
        }
    }

    private static bool IsAddress(string dataSource) => dataSource.StartsWith(Address, StringComparison.Ordinal);

    /// <summary>Whether a URI names a database in memory, which ends with the process.</summary>
    private static bool IsInMemory(string dataSource) => IsAddress(dataSource)
        && (dataSource[Address.Length..].Split('?', '#')[0] is ":memory:" or ""
            || QueryOf(dataSource).Any(pair => pair is "mode=memory" or "vfs=memdb"));

    private static string PathOf(string address)
    {
        var path = address[Address.Length..].Split('?', '#')[0];
        // After two slashes follows a host, which is empty or localhost.
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is > 0 and var slash ? path[slash..] : "";
        return Path.GetFullPath(Uri.UnescapeDataString(path));
    }

    private static string[] QueryOf(string address) => address.Split('#')[0].Split('?', 2) is [_, var query] ? query.Split('&') : [];
}
