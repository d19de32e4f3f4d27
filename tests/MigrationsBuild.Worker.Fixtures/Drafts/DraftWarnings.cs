using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Drafts;

public class Host
{
    public int Id { get; set; }

    public int Name { get; set; }

    public IPAddress Address { get; set; } = null!;
}

/// <summary>A default that EF Core can't write in C#.</summary>
public class UnsupportedLiteralContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Host=127.0.0.1;Database=app");

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Host>().ToTable("Hosts").Property(host => host.Address).HasDefaultValue(IPAddress.Loopback);
}

/// <summary>A column changes from text to integer, and a table moves to another schema.</summary>
public class DraftWarningContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Host=127.0.0.1;Database=app");

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.HasDefaultSchema("crm").Entity<Host>().ToTable("Hosts").Ignore(host => host.Address);
}

[DbContext(typeof(DraftWarningContext))]
public class DraftWarningSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("Drafts.Host", hosts =>
        {
            hosts.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer");
            NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(hosts.Property<int>("Id"));
            hosts.Property<string>("Name").IsRequired().HasColumnType("text");
            hosts.HasKey("Id");
            hosts.ToTable("Hosts");
        });
}
