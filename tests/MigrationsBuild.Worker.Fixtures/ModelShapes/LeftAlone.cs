using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.LeftAlone;

/// <summary>
/// A table that is excluded from migrations, rows that the application adds when it starts, and a history table with another name.
/// </summary>
public class LeftAloneContext : UsersContext<User>
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseSqlite("Data Source=app.db", sqlite => sqlite.MigrationsHistoryTable("Applied"))
        .UseSeeding((_, _) => throw new NotSupportedException("No build adds the application's rows."));

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Legacy>().ToTable("Legacy", table => table.ExcludeFromMigrations());
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

public class Legacy
{
    public int Id { get; set; }
}

[DbContext(typeof(LeftAloneContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(LeftAloneContext))]
public class Snapshot : UsersSnapshot;
