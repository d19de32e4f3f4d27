using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Seeds;

/// <summary>Ids and stamps that differ each time, and no other difference.</summary>
public class NonDeterministicSeedsContext : SeedsContext
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Visitor>().Ignore(visitor => visitor.Avatar);
        modelBuilder.Entity<Role>().HasData(new Role { Id = 1, Name = "admin" }, new Role { Id = 2, Name = "reader" });
        modelBuilder.Entity<Meeting>().HasData(new Meeting { Id = Guid.NewGuid(), At = new DateTime(2026, 1, 1), Title = "Kick-off" });
    }
}

[DbContext(typeof(NonDeterministicSeedsContext))]
public class NonDeterministicSeedsSnapshot : SeedsSnapshot;
