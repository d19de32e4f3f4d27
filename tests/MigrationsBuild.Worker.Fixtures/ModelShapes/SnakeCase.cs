using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.SnakeCase;

/// <summary>A plug-in names tables and columns, also those of the history table. A property has no migration.</summary>
public class SnakeCaseContext : DbContext
{
    public DbSet<User> Users => Set<User>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=app.db").UseSnakeCaseNamingConvention();
}

public class User
{
    public int Id { get; set; }

    public string? LastName { get; set; }
}

[DbContext(typeof(SnakeCaseContext))]
[Migration("20260101000000_Initial")]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "users",
        columns: table => new { id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true) },
        constraints: table => table.PrimaryKey("pk_users", user => user.id));
}

[DbContext(typeof(SnakeCaseContext))]
public class Snapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("SnakeCase.User", users =>
        {
            users.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER").HasColumnName("id");
            users.HasKey("Id").HasName("pk_users");
            users.ToTable("users");
        });
}
