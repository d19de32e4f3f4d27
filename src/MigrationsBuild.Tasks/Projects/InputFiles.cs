using Microsoft.Build.Framework;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>Files besides assemblies that a model, or the SQL of a migration, may depend on.</summary>
internal static class InputFiles
{
    // Files that builds and running applications write, files for people, Razor files, which are compiled, and settings of
    // analyzers.
    private static readonly HashSet<string> _ignoredExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".approvals", ".binlog", ".log", ".md", ".sarif", ".cshtml", ".razor", ".editorconfig", ".globalconfig",
        ".db", ".db-journal", ".db-shm", ".db-wal",
        ".sqlite", ".sqlite3", ".sqlite-journal", ".sqlite-shm", ".sqlite-wal",
    };

    /// <summary>
    /// The absolute paths of the files that the model may depend on. Of the project's data files, database files may change at any time
    /// and don't affect the model, and the SQL of a migration is generated from the model.
    /// </summary>
    /// <param name="inputs">Inputs of the project, with <c>IsData</c> for its data files.</param>
    public static IEnumerable<string> Of(IEnumerable<ITaskItem> inputs)
    {
        // The SQL that applies a migration and the SQL that reverts it belong to the same source.
        var sources = new Dictionary<string, string?>();
        foreach (var input in inputs)
        {
            var path = input.GetMetadata("FullPath");
            if (input.GetMetadata("IsData") != "true" || MayBeRead(path, sources))
                yield return path;
        }
    }

    private static bool MayBeRead(string path, Dictionary<string, string?> sources) =>
        !_ignoredExtensions.Contains(Path.GetExtension(path)) && !IsHost(path)
        && !(path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && IsSqlOfMigration(path, sources));

    /// <summary>The user secrets file, which the host reads in the Development environment.</summary>
    /// <param name="id">The project's <c>UserSecretsId</c>; empty if it has none.</param>
    /// <remarks>The location is defined by Microsoft.Extensions.Configuration.UserSecrets.</remarks>
    public static IEnumerable<string> UserSecrets(string id)
    {
        if (id.Length == 0)
            return [];
        var roaming = Environment.GetEnvironmentVariable("APPDATA");
        var home = Environment.GetEnvironmentVariable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = string.IsNullOrEmpty(roaming)
            ? Path.Combine(home, ".microsoft", "usersecrets")
            : Path.Combine(roaming, "Microsoft", "UserSecrets");
        return [Path.Combine(folder, id, "secrets.json")];
    }

    /// <summary>
    /// Whether a file is the app host or the COM host. The SDK creates these again in <c>obj</c> after each compilation, and adds them to
    /// the files that are copied to the output.
    /// </summary>
    private static bool IsHost(string path) =>
        Path.GetFileName(path) is "apphost" or "apphost.exe" || path.EndsWith(".comhost.dll", StringComparison.OrdinalIgnoreCase);

    private static bool HasHeader(string path) =>
        File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } line && SqlFile.IsHeaderLine(line);

    /// <summary>Whether a file is the SQL of a migration: by its id, or by the header that MigrationsBuild writes.</summary>
    private static bool IsSqlOfMigration(string path, Dictionary<string, string?> sources)
    {
        var name = path.Substring(0, path.Length - 4);
        if (name.EndsWith(".down", StringComparison.OrdinalIgnoreCase))
            name = name.Substring(0, name.Length - 5);
        if (!sources.TryGetValue(name, out var source))
            sources[name] = source = new[] { name + ".cs", name + ".fs", name + ".vb" }.FirstOrDefault(File.Exists);
        return source is not null && (MigrationSource.HasMigrationName(source) || HasHeader(path));
    }
}
