using Microsoft.EntityFrameworkCore;
using Veteran.Models;

namespace Veteran;

public class VeteranContext : DbContext
{
    public DbSet<Member> Members => Set<Member>();

    public DbSet<Ride> Rides => Set<Ride>();

    public DbSet<Signup> Signups => Set<Signup>();

    public DbSet<Grade> Grades => Set<Grade>();

    public DbSet<RideStatistics> Statistics => Set<RideStatistics>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(
        Environment.GetEnvironmentVariable("VETERAN_CONNECTION") ?? "Data Source=veteran.db");

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Member>(member =>
        {
            member.Property(m => m.Email).UseCollation("NOCASE");
            member.HasIndex(m => m.Email).IsUnique();
            member.HasData(
                new Member { Id = 1, Name = "The board", Email = "board@veteran.example", Joined = new DateTime(1987, 5, 1) },
                new Member
                {
                    Id = 2,
                    Name = "Máire O'Sullivan",
                    Email = "maire@veteran.example",
                    Joined = new DateTime(1991, 8, 24, 10, 30, 0),
                });
        });

        model.Entity<Grade>().ToTable(table => table.HasCheckConstraint("CK_Grades_MinimumSpeed", "\"MinimumSpeed\" > 0"));
        model.Entity<Grade>().HasData(
            new Grade { Id = 1, Name = "Social" },
            new Grade { Id = 2, Name = "Club", MinimumSpeed = 24 },
            new Grade { Id = 3, Name = "'A' riders", MinimumSpeed = 30 },
            new Grade { Id = 4, Name = "Gravel; \\ \"mud\"\nand rain", MinimumSpeed = 18 });

        model.Entity<Ride>().Property(r => r.Miles).HasComputedColumnSql("round(\"Kilometres\" / 1.609344, 1)");
        model.Entity<Ride>().HasIndex(r => new { r.StartsAt, r.Name }).IsDescending(true, false);
        model.Entity<Ride>().HasOne(r => r.Leader).WithMany(m => m.Leads).OnDelete(DeleteBehavior.SetNull);
        model.Entity<Ride>().HasData(
            new Ride
            {
                Id = 1,
                Name = "Opening ride; all welcome",
                StartsAt = new DateTime(2022, 4, 3, 9, 0, 0),
                Kilometres = 40.5,
                GradeId = 1,
                LeaderId = 2,
            });

        model.Entity<Signup>().Property(s => s.Seats).HasDefaultValue(1);
        model.Entity<Signup>().HasKey(s => new { s.RideId, s.MemberId });

        model.Entity<RideStatistics>().ToView("RideStatistics").HasNoKey();
    }
}
