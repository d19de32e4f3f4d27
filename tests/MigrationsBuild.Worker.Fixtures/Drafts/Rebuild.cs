using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.Rebuild;

/// <summary>A column gets a collation that only the application defines, for which EF Core rebuilds the table.</summary>
public class RebuildContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<User>().Property(user => user.Name).UseCollation("UNI");
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(RebuildContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(RebuildContext))]
public class Snapshot : UsersSnapshot;
