using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Migrations;

/// <summary>
/// A project on EF Core with the migrations of <see cref="CrowdedMigrations"/> in C#, built and approved, and EF Core's own tool.
/// </summary>
public sealed class EfProject : IDisposable
{
    private readonly TestFolder _tools = new("tools");
    private readonly TestProject _project = TestProject.Create(TestPackages.Npgsql);

    /// <summary>Installs the tool and builds the project.</summary>
    public EfProject()
    {
        var installed = Dotnet.Run(_tools.Path, ["tool", "install", "dotnet-ef", "--version", "10.0.15", "--tool-path", _tools.Path]);
        if (installed.ExitCode != 0)
            throw new InvalidOperationException(installed.ToString());
        var folder = _project.Folder;
        File.Delete(folder["Models/User.cs"]);
        folder.Write("AppContext.cs", Context);
        foreach (var (migration, number) in CrowdedMigrations.All.Select((migration, index) => (migration, index + 1)))
            folder.Write($"Migrations/{migration.Id}.cs", MigrationClass(migration.Id, number));
        folder.Write("Migrations/AppDbContextModelSnapshot.cs", _snapshot);
        _project.Run("DbApprove");

        _project.Run("Publish", "NoBuild=true", $"PublishDir={_project.Folder["out"]}/");
    }

    /// <summary>The folder of the manifest and the SQL files that a publish has made.</summary>
    public string Published => _project.Folder["out/migrations"];

    /// <summary>Starts <c>dotnet ef database update --no-build</c>.</summary>
    /// <param name="connection">The connection string.</param>
    public RunningProcess StartUpdate(string connection) =>
        new(_project.Folder.Path, [Path.Combine(_tools.Path, "dotnet-ef"), "database", "update", "--no-build"], connection);

    /// <inheritdoc/>
    public void Dispose()
    {
        _project.Dispose();
        _tools.Dispose();
    }

    private const string Context = """
        using Microsoft.EntityFrameworkCore;

        namespace App;

        public class AppDbContext : DbContext
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                options.UseNpgsql(System.Environment.GetEnvironmentVariable("MIGRATIONS_CONNECTION") ?? "Host=127.0.0.1");
        }

        """;

    private static readonly string _snapshot = $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

        namespace App.Migrations;

        [DbContext(typeof(AppDbContext))]
        partial class AppDbContextModelSnapshot : ModelSnapshot
        {
            protected override void BuildModel(ModelBuilder modelBuilder)
            {
                modelBuilder.HasAnnotation("ProductVersion", "{{PackageVersions.EfCore10}}")
                    .HasAnnotation("Relational:MaxIdentifierLength", 63);
                NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);
            }
        }

        """;

    private static string MigrationClass(string id, int number) => $$""""
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;

        namespace App.Migrations;

        [DbContext(typeof(AppDbContext))]
        [Migration("{{id}}")]
        public class M{{number}} : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        {{CrowdedMigrations.Sql(number)}}
        """);
        }

        """";
}
