using MigrationsBuild.Sql;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>The files of the runner that a deployment needs, without the libraries of databases that it doesn't use.</summary>
internal static class RunnerFiles
{
    private static readonly string[] _postgreSql = ["Npgsql", "Microsoft.Extensions.", "System.Diagnostics.DiagnosticSource"];
    private static readonly string[] _sqlite = ["Microsoft.Data.Sqlite", "SQLitePCLRaw."];

    /// <summary>The files, by their path relative to the runner's folder.</summary>
    /// <param name="folder">The runner's folder.</param>
    /// <param name="dialects">The databases of the contexts.</param>
    /// <param name="runtime">The runtime identifier of the publish; empty for all.</param>
    /// <remarks>The deps.json is not included: it names every file, and the runner doesn't start if one of them is missing.</remarks>
    public static IReadOnlyDictionary<string, string> Of(string folder, IReadOnlyCollection<SqlDialect> dialects, string runtime)
    {
        string[] leftOut =
        [
            .. dialects.Contains(SqlDialect.PostgreSql) ? [] : _postgreSql,
            .. dialects.Contains(SqlDialect.Sqlite) ? [] : _sqlite,
        ];
        var files = Directory.EnumerateFiles(folder, "*.dll").Where(path => !leftOut.Any(Path.GetFileName(path).StartsWith))
            .Concat(Directory.EnumerateFiles(folder, "*.runtimeconfig.json"));
        var natives = dialects.Contains(SqlDialect.Sqlite) ? NativeFiles(Path.Combine(folder, "runtimes"), runtime) : [];
        return files.Concat(natives).ToDictionary(path => path.Substring(folder.TrimEnd('/', '\\').Length + 1), path => path);
    }

    private static IEnumerable<string> NativeFiles(string folder, string runtime) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => runtime.Length == 0 || path.Replace('\\', '/').Contains($"/runtimes/{runtime}/"));
}
