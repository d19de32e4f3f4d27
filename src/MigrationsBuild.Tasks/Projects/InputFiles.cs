namespace MigrationsBuild.Tasks.Projects;

/// <summary>Files besides assemblies that a model, or the SQL of a migration, may come from.</summary>
internal static class InputFiles
{
    // Written while the application or a build of it runs, and read by people.
    private static readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase)
    {
        ".approvals", ".binlog", ".db", ".db-journal", ".db-shm", ".db-wal", ".log", ".md", ".sarif", ".sqlite", ".sqlite3", ".sqlite-journal", ".sqlite-shm", ".sqlite-wal",
    };

    /// <summary>
    /// Whether the application's code may read a file of the project. Its database may change at any time and says nothing of the model, and
    /// the SQL of a migration is what comes from the model.
    /// </summary>
    /// <param name="path">The file, absolute.</param>
    public static bool MayBeRead(string path) => !_written.Contains(Path.GetExtension(path)) && !IsSqlOfMigration(path);

    /// <summary>The file of the user's secrets, which the host reads in development.</summary>
    /// <param name="id">The project's <c>UserSecretsId</c>; without one there is no such file.</param>
    /// <remarks>Where it is, Microsoft.Extensions.Configuration.UserSecrets decides.</remarks>
    public static IEnumerable<string> UserSecrets(string id)
    {
        if (id.Length == 0)
            return [];
        var roaming = Environment.GetEnvironmentVariable("APPDATA");
        var home = Environment.GetEnvironmentVariable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = string.IsNullOrEmpty(roaming) ? Path.Combine(home, ".microsoft", "usersecrets") : Path.Combine(roaming, "Microsoft", "UserSecrets");
        return [Path.Combine(folder, id, "secrets.json")];
    }

    private static bool IsSqlOfMigration(string path)
    {
        if (!path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase))
            return false;
        var name = path.Substring(0, path.Length - 4);
        if (name.EndsWith(".down", StringComparison.OrdinalIgnoreCase))
            name = name.Substring(0, name.Length - 5);
        return File.Exists(name + ".cs") || File.Exists(name + ".fs") || File.Exists(name + ".vb");
    }
}
