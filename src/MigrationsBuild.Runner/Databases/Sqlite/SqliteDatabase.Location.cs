namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>Where the file is.</content>
internal sealed partial class SqliteDatabase
{
    private const string Address = "file:";
    private const string DataDirectory = "|DataDirectory|";

    /// <summary>The file's path, absolute; of an address its path.</summary>
    /// <seealso href="https://www.sqlite.org/uri.html"/>
    private string FilePath => IsAddress(_settings.DataSource) ? PathOf(_settings.DataSource) : _settings.DataSource;

    private static bool IsAddress(string dataSource) => dataSource.StartsWith(Address, StringComparison.Ordinal);

    /// <summary>Whether an address names a database that ends with the process.</summary>
    private static bool IsInMemory(string dataSource) => IsAddress(dataSource)
        && (dataSource[Address.Length..].Split('?', '#')[0] is ":memory:" or ""
            || QueryOf(dataSource).Any(pair => pair is "mode=memory" or "vfs=memdb"));

    private static string PathOf(string address)
    {
        var path = address[Address.Length..].Split('?', '#')[0];
        // Behind two slashes comes a host, which is empty or localhost.
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is > 0 and var slash ? path[slash..] : "";
        return Path.GetFullPath(Uri.UnescapeDataString(path));
    }

    private static string[] QueryOf(string address) => address.Split('#')[0].Split('?', 2) is [_, var query] ? query.Split('&') : [];
}
