using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Reliability.Running;

/// <summary>The runner as a publish deploys it: its assemblies, a manifest, the approved SQL files.</summary>
public sealed class Deployment : IDisposable
{
    private const string Context = "Shop.ShopContext";

    private const string CreateHistory = """
        CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
            "MigrationId" character varying(150) NOT NULL,
            "ProductVersion" character varying(32) NOT NULL,
            CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
        );

        """;

    private readonly TestFolder _folder = new("migrations");

    private Deployment(IReadOnlyList<string> ids)
    {
        Ids = ids;
        Repository.CopyRunner(_folder);
    }

    /// <summary>Deploys migrations that are given as SQL.</summary>
    /// <param name="migrations">The migrations, oldest first.</param>
    public static Deployment Of(IReadOnlyList<SqlMigration> migrations)
    {
        var deployment = new Deployment([.. migrations.Select(migration => migration.Id)]);
        foreach (var migration in migrations)
            deployment._folder.Write(
                $"sql/{migration.Id}.sql",
                SqlFile.Generated(migration.Id, "up", Context, SqlDialects.NpgsqlProvider, new string('0', 64), null, migration.Sql)
                    .ToText());
        deployment.WriteManifest(new Manifest(
            Context, SqlDialects.NpgsqlProvider, "10.0.14",
            new HistoryTable(null, "__EFMigrationsHistory", "MigrationId", "ProductVersion", CreateHistory),
            [.. migrations.Select(migration => new ManifestMigration(
                migration.Id,
                MigrationState.Approved,
                $"sql/{migration.Id}.sql",
                SqlFile.HashOf(migration.Sql),
                null,
                "",
                "it is irreversible"))],
            []));
        return deployment;
    }

    /// <summary>Deploys the output of a publish of a project with one context.</summary>
    /// <param name="published">The folder of its manifest.</param>
    public static Deployment Of(string published)
    {
        var manifest = Manifest.Read(Directory.GetFiles(published, "*" + Manifest.Extension).Single());
        var deployment = new Deployment([.. manifest.Migrations.Select(migration => migration.Id)]);
        foreach (var path in manifest.Migrations.SelectMany(migration => new[] { migration.UpPath, migration.DownPath }).OfType<string>())
            deployment._folder.Write($"sql/{Path.GetFileName(path)}", File.ReadAllText(Path.Combine(published, path)));
        deployment.WriteManifest(manifest.Deployed("sql"));
        return deployment;
    }

    /// <summary>The migrations' ids, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Starts <c>migrate</c>, which creates a missing database because the call names it.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="revision">How far; all of it without.</param>
    public RunningProcess Start(string connection, params string[] revision)
    {
        string[] force = ["--force", new NpgsqlConnectionStringBuilder(connection).Database!];
        return new(_folder.Path, [Dotnet.Path, _folder["MigrationsBuild.Runner.dll"], "migrate", .. revision, .. force], connection);
    }

    /// <summary>Starts another verb.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="arguments">The verb and what it takes.</param>
    public RunningProcess StartVerb(string connection, params string[] arguments) =>
        new(_folder.Path, [Dotnet.Path, _folder["MigrationsBuild.Runner.dll"], .. arguments], connection);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void WriteManifest(Manifest manifest) =>
        MessageFile.Write(_folder[manifest.ShortName + Manifest.Extension], manifest.ToMessages());
}
