using System.Runtime.InteropServices;
using MigrationsBuild.Messages;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Migrations where a publish has put them: the runner, the manifest, and the SQL in a folder of its own.</summary>
internal sealed class DeployedSet : IDisposable
{
    private readonly MigrationSet _set;
    private readonly bool _isOurs;

    /// <summary>Migrations that create tables, and an empty PostgreSQL database.</summary>
    public DeployedSet(params string[] ids)
        : this(new MigrationSet(SqlDialect.PostgreSql), isOurs: true, ids) => _set.Execute("SELECT 1");

    private DeployedSet(MigrationSet set, bool isOurs, params string[] ids)
    {
        (_set, _isOurs) = (set, isOurs);
        Repository.CopyRunner(Folder);
        if (set.Dialect == SqlDialect.Sqlite)
            CopyLibrary();
        foreach (var id in ids)
            _set.AddTable(id);
        Write();
    }

    /// <summary>Migrations that create tables, and no database.</summary>
    public static DeployedSet WithoutDatabase(SqlDialect dialect, params string[] ids) => new(new MigrationSet(dialect), isOurs: true, ids);

    /// <summary>The migrations of a set, which stays the caller's.</summary>
    public static DeployedSet Of(MigrationSet set) => new(set, isOurs: false);

    public TestFolder Folder { get; } = new("migrations");

    /// <summary>A file beside the deployment.</summary>
    public string Outside => Path.Combine(Folder.Run, "outside.sql");

    public string Connection => _set.ConnectionString;

    public bool DatabaseExists => _set.DatabaseExists;

    public MigrationSet Database => _set;

    public DeployedSet Add(string id, string sql)
    {
        _set.Add(id, sql, null);
        Write();
        return this;
    }

    public DeployedResult Run(string connection, params string[] arguments) =>
        DeployedResult.Of(Dotnet.Run(Folder.Path, [Folder["MigrationsBuild.Runner.dll"], .. arguments], Environment(connection)));

    public static Dictionary<string, string?> Environment(string connection) => new() { ["MIGRATIONS_CONNECTION"] = connection };

    public void Dispose()
    {
        if (_isOurs)
            _set.Dispose();
        Folder.Dispose();
    }

    private void CopyLibrary()
    {
        var library = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        Directory.CreateDirectory(Folder[library]);
        foreach (var file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.Runner)!, library)))
            File.Copy(file, Path.Combine(Folder[library], Path.GetFileName(file)));
    }

    private void Write()
    {
        Directory.CreateDirectory(Folder["sql"]);
        var paths = _set.Manifest.Migrations.SelectMany(migration => new[] { migration.UpPath, migration.DownPath });
        foreach (var path in paths.OfType<string>())
            File.Copy(path, Folder[$"sql/{Path.GetFileName(path)}"], overwrite: true);
        MessageFile.Write(Folder["ShopContext.manifest"], _set.Manifest.Deployed("sql").ToMessages());
    }
}

/// <summary>The output of a deployed runner.</summary>
internal sealed record DeployedResult(CommandResult Command)
{
    public static DeployedResult Of(CommandResult command) => new(command);

    public void Succeeds() => Assert.AreEqual(0, Command.ExitCode, Command.ToString());

    /// <summary>It ended with this exit code and one error of this code, which says this.</summary>
    public void Fails(int exitCode, string code, string piece)
    {
        Assert.AreEqual(exitCode, Command.ExitCode, Command.ToString());
        var errors = Command.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(1, errors, Command.ToString());
        Assert.Contains($"error {code}: ", errors[0]);
        Assert.Contains(piece, errors[0]);
    }
}
