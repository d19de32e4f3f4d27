namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>The location of the file.</content>
internal sealed partial class SqliteDatabase
{
    private const string Address = "file:";
    private const string DataDirectory = "|DataDirectory|";

    /// <summary>The absolute path of the file, also if the connection string has a URI.</summary>
    /// <seealso href="https://www.sqlite.org/uri.html"/>
    private string FilePath => IsAddress(_settings.DataSource) ? PathOf(_settings.DataSource) : _settings.DataSource;

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
