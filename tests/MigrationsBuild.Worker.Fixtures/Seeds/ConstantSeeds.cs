using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

/// <summary>Constant rows. It prints a line when its model is built.</summary>
public class ConstantSeedsContext : SeedsContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        Console.WriteLine("The constant model is built.");
        modelBuilder.Entity<Visitor>().Ignore(visitor => visitor.Avatar);
        modelBuilder.Entity<Role>().HasData(
            new Role { Id = 1, Name = "admin", Stamp = "a" },
            new Role { Id = 2, Name = "reader", Stamp = "a" });
        modelBuilder.Entity<Meeting>().HasData(new Meeting { Id = Meeting.KickOff, At = new DateTime(2026, 1, 1), Title = "Kick-off" });
    }
}

[DbContext(typeof(ConstantSeedsContext))]
public class ConstantSeedsSnapshot : SeedsSnapshot;
