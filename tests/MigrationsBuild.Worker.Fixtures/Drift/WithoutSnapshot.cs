using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.WithoutSnapshot;

/// <summary>A context whose snapshot was deleted.</summary>
public class WithoutSnapshotContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<User>();
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(WithoutSnapshotContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;
