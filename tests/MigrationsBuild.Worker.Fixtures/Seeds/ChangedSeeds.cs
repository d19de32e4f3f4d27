using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

/// <summary>Constant rows, and a new property. It prints a line when its model is built.</summary>
public class ChangedSeedsContext : SeedsContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        Console.WriteLine("The changed model is built.");
        modelBuilder.Entity<Role>().HasData(
            new Role { Id = 1, Name = "admin", Stamp = "a" },
            new Role { Id = 2, Name = "reader", Stamp = "a" });
        modelBuilder.Entity<Meeting>().HasData(new Meeting { Id = Meeting.KickOff, At = new DateTime(2026, 1, 1), Title = "Kick-off" });
    }
}

[DbContext(typeof(ChangedSeedsContext))]
public class ChangedSeedsSnapshot : SeedsSnapshot;
