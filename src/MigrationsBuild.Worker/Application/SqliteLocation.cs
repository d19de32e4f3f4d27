namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The file that Microsoft.Data.Sqlite would open in this process. It resolves a relative path, and the token <c>|DataDirectory|</c>,
/// against the folder that the application sets as <c>DataDirectory</c> of its application domain.
/// </summary>
/// <param name="Path">The absolute path; <see langword="null"/> if the connection string names no file.</param>
/// <param name="Remark">A remark on an unexpected location, or <see langword="null"/>.</param>
internal sealed record SqliteLocation(string? Path, string? Remark)
{
    private const string Token = "|DataDirectory|";

    /// <summary>The file of a connection string.</summary>
    /// <param name="dataSource">The value of <c>Data Source</c>.</param>
    /// <param name="mode">The value of <c>Mode</c>.</param>
    public static SqliteLocation Of(string dataSource, string mode)
    {
        var folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
        var hasToken = dataSource.StartsWith(Token, StringComparison.OrdinalIgnoreCase);
        var isFile = dataSource is not ("" or ":memory:")
            && mode != "Memory"
            && !dataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (!isFile || hasToken && folder.Length == 0)
            return new(null, null);
        var rest = hasToken ? dataSource[Token.Length..] : dataSource;
        // As Microsoft.Data.Sqlite does it, so a path that begins with a slash replaces the folder.
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, rest));
        return new(path, hasToken && System.IO.Path.IsPathRooted(rest)
            ? $"Microsoft.Data.Sqlite reads {dataSource} as {rest}. For a file in that folder write {Token}{rest.TrimStart('/', '\\')}"
            : null);
    }
}
