using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

/// <summary>Values that differ each time, and changes that a migration can make.</summary>
public class MixedSeedsContext : SeedsContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Role>().Property(role => role.Rank).HasDefaultValue(Random.Shared.Next());
        modelBuilder.Entity<Role>().HasData(new Role { Id = 1, Name = "owner" }, new Role { Id = 2, Name = "reader", Stamp = "a" });
        modelBuilder.Entity<Meeting>().HasData(new Meeting { Id = Meeting.KickOff, At = DateTime.Now, Title = "Start" });
    }
}

[DbContext(typeof(MixedSeedsContext))]
public class MixedSeedsSnapshot : SeedsSnapshot;
