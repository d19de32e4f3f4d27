using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drafts.ChangedUsers;

/// <summary>On PostgreSQL: one column is new, one becomes shorter, and one is dropped.</summary>
public class ChangedUsersContext : DbContext
{
    public DbSet<User> Users => Set<User>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Host=127.0.0.1;Database=app");
}

public class User
{
    public int Id { get; set; }

    [MaxLength(60)]
    public string Name { get; set; } = "";

    public int? Score { get; set; }
}

[DbContext(typeof(ChangedUsersContext))]
[Migration("20260101000000_Initial")]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1;");
}

[DbContext(typeof(ChangedUsersContext))]
public class Snapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("ChangedUsers.User", users =>
        {
            users.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer");
            NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(users.Property<int>("Id"));
            users.Property<string>("Name").IsRequired().HasColumnType("text");
            users.Property<string>("Nickname").HasColumnType("text");
            users.HasKey("Id");
            users.ToTable("Users");
        });
}
