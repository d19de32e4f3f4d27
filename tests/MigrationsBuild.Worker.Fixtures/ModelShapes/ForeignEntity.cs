using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.ForeignEntity;

/// <summary>A row of a class in a package, whose constructor creates a new stamp each time.</summary>
public class ForeignEntityContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<IdentityRole>().HasData(new IdentityRole("admin") { Id = "1" });
}

[DbContext(typeof(ForeignEntityContext))]
public class Snapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("Microsoft.AspNetCore.Identity.IdentityRole", roles =>
        {
            roles.Property<string>("Id").HasColumnType("TEXT");
            roles.Property<string>("ConcurrencyStamp").HasColumnType("TEXT");
            roles.Property<string>("Name").HasColumnType("TEXT");
            roles.Property<string>("NormalizedName").HasColumnType("TEXT");
            roles.HasKey("Id");
            roles.ToTable("IdentityRole");
            roles.HasData(new { Id = "1", Name = "admin", ConcurrencyStamp = "1" });
        });
}
