using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

public class Thing
{
    public int Id { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset Utc { get; set; }

    public string Price { get; set; } = "";
}

/// <summary>Values that depend on the machine's time zone and culture.</summary>
public class MachineDependentContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Thing>().HasData(new Thing
    {
        Id = 1,
        At = new DateTimeOffset(new DateTime(2024, 5, 1, 8, 0, 0)),
        Price = $"{1.5}",
        Utc = new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero),
    });
}

[DbContext(typeof(MachineDependentContext))]
public class MachineDependentSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
}
