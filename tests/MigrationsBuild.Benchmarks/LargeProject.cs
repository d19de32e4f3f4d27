using System.Globalization;
using System.Text;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>
/// A project on PostgreSQL and its migrations as EF Core's tool writes them, Designer files included: one that creates all tables, then
/// added columns, a migration each. By default it has 100 entities and 201 migrations.
/// </summary>
internal sealed class LargeProject : IDisposable
{
    private readonly int _entities;
    private readonly string[] _added;
    private readonly TestProject _project = TestProject.Create(TestPackages.Npgsql);

    /// <summary>Writes the project.</summary>
    /// <param name="entities">The number of entities.</param>
    /// <param name="columns">The number of columns that are added to each.</param>
    public LargeProject(int entities = 100, int columns = 2)
    {
        _entities = entities;
        _added = [.. Enumerable.Range(1, columns).Select(number => $"Remark{number}")];
        var folder = _project.Folder;
        File.Delete(folder["Models/User.cs"]);
        for (var number = 1; number <= _entities; number++)
            folder.Write($"Models/{Name(number)}.cs", EntityClass(number));
        folder.Write("AppContext.cs", Context());
        var migrations = Migrations().ToList();
        for (var index = 0; index < migrations.Count; index++)
        {
            var (id, up, down) = migrations[index];
            folder.Write($"Migrations/{id}.cs", MigrationClass(id, up, down));
            var designer = ModelClass(
                $"[Migration(\"{id}\")]\n    partial class {id[15..]}",
                "protected override void BuildTargetModel(ModelBuilder modelBuilder)",
                index);
            folder.Write($"Migrations/{id}.Designer.cs", designer);
        }

        var snapshot = ModelClass(
            "partial class AppDbContextModelSnapshot : ModelSnapshot",
            "protected override void BuildModel(ModelBuilder modelBuilder)",
            migrations.Count - 1);
        folder.Write("Migrations/AppDbContextModelSnapshot.cs", snapshot);
    }

    public TestProject Project => _project;

    /// <summary>The number of migrations.</summary>
    public int Count => 1 + (_entities * _added.Length);

    public string Folder => _project.Folder.Path;

    public void Dispose() => _project.Dispose();

    private static string Name(int number) => $"Entity{number:000}";

    private string EntityClass(int number) => $$"""
        namespace App.Models;

        public class {{Name(number)}}
        {
            public int Id { get; set; }

            public required string Title { get; set; }

            public decimal Amount { get; set; }

            public DateTime CreatedAt { get; set; }

            public int? ParentId { get; set; }

            public {{Name(Math.Max(1, number - 1))}}? Parent { get; set; }

        {{string.Concat(_added.Select(column => $"    public string? {column} {{ get; set; }}\n"))}}
        }

        """;

    private string Context()
    {
        var sets = new StringBuilder();
        for (var number = 1; number <= _entities; number++)
            sets.Append(CultureInfo.InvariantCulture, $"    public DbSet<{Name(number)}> {Name(number)}s => Set<{Name(number)}>();\n");
        return $$"""
            using App.Models;
            using Microsoft.EntityFrameworkCore;

            namespace App;

            public class AppDbContext : DbContext
            {
            {{sets}}
                protected override void OnConfiguring(DbContextOptionsBuilder options) =>
                    options.UseNpgsql(System.Environment.GetEnvironmentVariable("MIGRATIONS_CONNECTION") ?? "Host=127.0.0.1");
            }

            """;
    }

    private IEnumerable<(string Id, string Up, string Down)> Migrations()
    {
        var up = new StringBuilder();
        var down = new StringBuilder();
        for (var number = 1; number <= _entities; number++)
        {
            var (name, parent) = (Name(number), Name(Math.Max(1, number - 1)));
            up.Append(CultureInfo.InvariantCulture, $$"""
                            migrationBuilder.CreateTable(
                                name: "{{name}}s",
                                columns: table => new
                                {
                                    Id = table.Column<int>(type: "integer", nullable: false)
                                        .Annotation(
                                            "Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                                    Title = table.Column<string>(type: "text", nullable: false),
                                    Amount = table.Column<decimal>(type: "numeric", nullable: false),
                                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                                    ParentId = table.Column<int>(type: "integer", nullable: true)
                                },
                                constraints: table =>
                                {
                                    table.PrimaryKey("PK_{{name}}s", x => x.Id);
                                    table.ForeignKey(
                                        name: "FK_{{name}}s_{{parent}}s_ParentId",
                                        column: x => x.ParentId,
                                        principalTable: "{{parent}}s",
                                        principalColumn: "Id");
                                });

                            migrationBuilder.CreateIndex(
                                name: "IX_{{name}}s_ParentId",
                                table: "{{name}}s",
                                column: "ParentId");

                """);
            down.Insert(0, $"            migrationBuilder.DropTable(name: \"{name}s\");\n");
        }

        yield return ("20260101000000_InitialCreate", up.ToString(), down.ToString());
        var time = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);
        foreach (var column in _added)
        {
            for (var number = 1; number <= _entities; number++, time = time.AddHours(1))
            {
                yield return (
                    $"{time:yyyyMMddHHmmss}_Add{Name(number)}{column}",
                    $"            migrationBuilder.AddColumn<string>(name: \"{column}\", table: \"{Name(number)}s\", "
                    + "type: \"text\", nullable: true);\n",
                    $"            migrationBuilder.DropColumn(name: \"{column}\", table: \"{Name(number)}s\");\n");
            }
        }
    }

    private static string MigrationClass(string id, string up, string down) => $$"""
        using System;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

        #nullable disable

        namespace App.Migrations
        {
            /// <inheritdoc />
            public partial class {{id[15..]}} : Migration
            {
                /// <inheritdoc />
                protected override void Up(MigrationBuilder migrationBuilder)
                {
        {{up}}
                }

                /// <inheritdoc />
                protected override void Down(MigrationBuilder migrationBuilder)
                {
        {{down}}
                }
            }
        }

        """;

    private string ModelClass(string declaration, string method, int migrationIndex)
    {
        var entities = new StringBuilder();
        for (var number = 1; number <= _entities; number++)
            entities.Append(EntityModel(number, _added.Where((_, i) => migrationIndex >= (i * _entities) + number)));
        for (var number = 1; number <= _entities; number++)
            entities.Append(RelationModel(number));
        return $$"""
            // <auto-generated />
            using System;
            using App;
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;
            using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
            using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

            #nullable disable

            namespace App.Migrations
            {
                [DbContext(typeof(AppDbContext))]
                {{declaration}}
                {
                    /// <inheritdoc />
                    {{method}}
                    {
            #pragma warning disable 612, 618
                        modelBuilder
                            .HasAnnotation("ProductVersion", "{{PackageVersions.EfCore10}}")
                            .HasAnnotation("Relational:MaxIdentifierLength", 63);

                        NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);

            {{entities}}
            #pragma warning restore 612, 618
                    }
                }
            }

            """;
    }

    private static string EntityModel(int number, IEnumerable<string> added) => $$"""
                    modelBuilder.Entity("App.Models.{{Name(number)}}", b =>
                        {
                            b.Property<int>("Id")
                                .ValueGeneratedOnAdd()
                                .HasColumnType("integer");

                            NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property<int>("Id"));

                            b.Property<decimal>("Amount")
                                .HasColumnType("numeric");

                            b.Property<DateTime>("CreatedAt")
                                .HasColumnType("timestamp with time zone");

                            b.Property<int?>("ParentId")
                                .HasColumnType("integer");

                            b.Property<string>("Title")
                                .IsRequired()
                                .HasColumnType("text");
        {{string.Concat(added.Select(PropertyModel))}}
                            b.HasKey("Id");

                            b.HasIndex("ParentId");

                            b.ToTable("{{Name(number)}}s");
                        });

        """;

    private static string PropertyModel(string column) => $$"""

                            b.Property<string>("{{column}}")
                                .HasColumnType("text");

        """;

    private static string RelationModel(int number) => $$"""
                    modelBuilder.Entity("App.Models.{{Name(number)}}", b =>
                        {
                            b.HasOne("App.Models.{{Name(Math.Max(1, number - 1))}}", "Parent").WithMany().HasForeignKey("ParentId");

                            b.Navigation("Parent");
                        });


        """;
}
