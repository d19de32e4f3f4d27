using Microsoft.EntityFrameworkCore;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.ExcludedTable;

/// <summary>A table that another application migrates.</summary>
public class ExcludedTableContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<User>().ToTable("People", table => table.ExcludeFromMigrations());
}

public class User
{
    public int Id { get; set; }
}
