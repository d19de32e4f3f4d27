using Microsoft.EntityFrameworkCore;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.OtherSchema;

/// <summary>A default schema, a history table in another schema, and options for new databases. It has no migrations.</summary>
public class OtherSchemaContext : DbContext
{
    public DbSet<User> Users => Set<User>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(
        "Host=127.0.0.1;Database=app", npgsql => npgsql.MigrationsHistoryTable("applied", "ops").UseAdminDatabase("admin"));

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.HasDefaultSchema("shop").UseDatabaseTemplate("countries").UseCollation("C").UseTablespace("fast");
}

public class User
{
    public int Id { get; set; }
}
