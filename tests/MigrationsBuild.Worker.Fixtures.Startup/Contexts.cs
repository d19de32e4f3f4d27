using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MigrationsBuild.Worker.Fixtures.Startup;

public class Item
{
    public int Id { get; set; }
}

/// <summary>Only the start-up code can create it.</summary>
public class HostedContext(DbContextOptions<HostedContext> options) : DbContext(options)
{
    public DbSet<Item> Items => Set<Item>();
}

public class Customer
{
    public int Id { get; set; }
}

/// <summary>The start-up code registers it with two type arguments.</summary>
public class TenantContext<TEntity>(DbContextOptions<TenantContext<TEntity>> options) : DbContext(options)
    where TEntity : class
{
    public DbSet<TEntity> All => Set<TEntity>();
}

/// <summary>From a pool. The configuration doesn't have the name of its connection string.</summary>
public class PooledContext(DbContextOptions<PooledContext> options) : DbContext(options)
{
    public DbSet<Item> Items => Set<Item>();
}

/// <summary>It has a factory, so it needs no start-up code.</summary>
public class FactoryContext(DbContextOptions<FactoryContext> options) : DbContext(options)
{
    public DbSet<Item> Items => Set<Item>();

    public sealed class Factory : IDesignTimeDbContextFactory<FactoryContext>
    {
        public FactoryContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<FactoryContext>().UseSqlite($"Data Source={string.Join('+', args)}.db").Options);
    }
}

/// <summary>Its constructor throws.</summary>
public class ThrowingContext : DbContext
{
    public ThrowingContext() => Load();

    private static void Load() => throw new FormatException("no settings");
}

/// <summary>EF Core refuses its model.</summary>
public class RefusedContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Item>().HasKey("Nothing");
}

/// <summary>Its database has no tables.</summary>
public class MemoryContext : DbContext
{
    public DbSet<Item> Items => Set<Item>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseInMemoryDatabase("app");
}

/// <summary>No service provides the argument of its constructor.</summary>
public class SecretContext(string secret) : DbContext
{
    public string Secret => secret;
}
