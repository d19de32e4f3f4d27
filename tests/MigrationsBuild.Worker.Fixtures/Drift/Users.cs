using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift;

/// <summary>A context on SQLite with a table of users, whose class each case changes.</summary>
/// <typeparam name="TUser">The class of the case.</typeparam>
public abstract class UsersContext<TUser> : DbContext
    where TUser : class
{
    public DbSet<TUser> Users => Set<TUser>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");
}

/// <summary>The only migration of each case. It creates the table of users.</summary>
public abstract class UsersMigration : Migration
{
    public const string Initial = "20260101000000_Initial";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "Users",
        columns: table => new
        {
            Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
            Name = table.Column<string>(type: "TEXT", nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_Users", user => user.Id));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Users");
}

/// <summary>The model after that migration.</summary>
public abstract class UsersSnapshot : ModelSnapshot
{
    public static ModelBuilder Build(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("Users.User", users =>
        {
            users.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            users.Property<string>("Name").IsRequired().HasColumnType("TEXT");
            users.HasKey("Id");
            users.ToTable("Users");
        });

    protected override void BuildModel(ModelBuilder modelBuilder) => Build(modelBuilder);
}
