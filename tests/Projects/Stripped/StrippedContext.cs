using Microsoft.EntityFrameworkCore;
using Stripped.Models;

namespace Stripped;

public class StrippedContext : DbContext
{
    public DbSet<Activity> Activities => Set<Activity>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<TimeEntry> TimeEntries => Set<TimeEntry>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(
        Environment.GetEnvironmentVariable("STRIPPED_CONNECTION") ?? "Host=127.0.0.1;Database=stripped");

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Activity>().HasData(
            new Activity { Id = 1, Name = "Development", Billable = true },
            new Activity { Id = 2, Name = "Travel; \"door to door\"", Billable = true },
            new Activity { Id = 3, Name = "Everybody's business" });
        model.Entity<Person>().HasIndex(p => p.Email).IsUnique();
        model.Entity<Project>().Property(p => p.Code).HasMaxLength(12);
        model.Entity<TimeEntry>().HasIndex(e => new { e.PersonId, e.Day });
        model.Entity<TimeEntry>().ToTable(table => table.HasCheckConstraint("CK_TimeEntries_Minutes", "\"Minutes\" BETWEEN 1 AND 1440"));
        model.Entity<Project>().HasAlternateKey(p => p.Code);
    }
}
