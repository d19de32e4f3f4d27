using MigrationsBuild.Sql;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>The files of the runner that a deployment needs: nothing of a database that it doesn't use.</summary>
internal static class RunnerFiles
{
    private static readonly string[] _postgreSql = ["Npgsql", "Microsoft.Extensions.", "System.Diagnostics.DiagnosticSource"];
    private static readonly string[] _sqlite = ["Microsoft.Data.Sqlite", "SQLitePCLRaw."];

    /// <summary>The files, by their path below the runner's folder.</summary>
    /// <param name="folder">The runner's folder.</param>
    /// <param name="dialects">The databases of the contexts.</param>
    /// <param name="runtime">The runtime identifier of the publish; empty if it is for all.</param>
    /// <remarks>Without its deps.json: that names every file, and the runner wouldn't start without one of them.</remarks>
    public static IReadOnlyDictionary<string, string> Of(string folder, IReadOnlyCollection<SqlDialect> dialects, string runtime)
    {
        string[] leftOut = [.. dialects.Contains(SqlDialect.PostgreSql) ? [] : _postgreSql, .. dialects.Contains(SqlDialect.Sqlite) ? [] : _sqlite];
        var files = Directory.EnumerateFiles(folder, "*.dll").Where(path => !leftOut.Any(Path.GetFileName(path).StartsWith))
            .Concat(Directory.EnumerateFiles(folder, "*.runtimeconfig.json"));
        var natives = dialects.Contains(SqlDialect.Sqlite) && Directory.Exists(Path.Combine(folder, "runtimes"))
            ? Directory.EnumerateFiles(Path.Combine(folder, "runtimes"), "*", SearchOption.AllDirectories).Where(path => runtime.Length == 0 || path.Replace('\\', '/').Contains($"/runtimes/{runtime}/"))
            : [];
        return files.Concat(natives).ToDictionary(path => path.Substring(folder.TrimEnd('/', '\\').Length + 1), path => path);
    }
}
