using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

public class Role
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Stamp { get; set; } = Guid.NewGuid().ToString();

    public int Rank { get; set; }
}

public class Meeting
{
    public static Guid KickOff { get; } = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    public Guid Id { get; set; }

    public DateTime At { get; set; }

    public string Title { get; set; } = "";
}

public class Visitor
{
    public int Id { get; set; }

    public string? Avatar { get; set; }
}

/// <summary>A context on SQLite with roles and meetings, whose rows each case defines.</summary>
public abstract class SeedsContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Role>().Property(role => role.Rank).HasDefaultValue(1);
        modelBuilder.Entity<Visitor>();
    }
}

/// <summary>The model of the migrations: two roles, a meeting, and visitors without an avatar.</summary>
public abstract class SeedsSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
        modelBuilder.Entity("Seeds.Role", roles =>
        {
            roles.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            roles.Property<string>("Name").IsRequired().HasColumnType("TEXT");
            roles.Property<int>("Rank").ValueGeneratedOnAdd().HasColumnType("INTEGER").HasDefaultValue(1);
            roles.Property<string>("Stamp").IsRequired().HasColumnType("TEXT");
            roles.HasKey("Id");
            roles.ToTable("Role");
            roles.HasData(new { Id = 1, Name = "admin", Rank = 0, Stamp = "a" }, new { Id = 2, Name = "reader", Rank = 0, Stamp = "a" });
        });
        modelBuilder.Entity("Seeds.Meeting", meetings =>
        {
            meetings.Property<Guid>("Id").ValueGeneratedOnAdd().HasColumnType("TEXT");
            meetings.Property<DateTime>("At").HasColumnType("TEXT");
            meetings.Property<string>("Title").IsRequired().HasColumnType("TEXT");
            meetings.HasKey("Id");
            meetings.ToTable("Meeting");
            meetings.HasData(new { Id = Meeting.KickOff, At = new DateTime(2026, 1, 1), Title = "Kick-off" });
        });
        modelBuilder.Entity("Seeds.Visitor", visitors =>
        {
            visitors.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            visitors.HasKey("Id");
            visitors.ToTable("Visitor");
        });
    }
}
