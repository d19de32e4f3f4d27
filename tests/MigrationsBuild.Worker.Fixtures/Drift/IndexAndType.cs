using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.IndexAndType;

/// <summary>A new index, and a column with a new type.</summary>
public class IndexAndTypeContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<User>().HasIndex(user => user.Name).IsUnique();
        modelBuilder.Entity<User>().Property(user => user.Name).HasColumnType("BLOB");
    }
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(IndexAndTypeContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(IndexAndTypeContext))]
public class Snapshot : UsersSnapshot;
