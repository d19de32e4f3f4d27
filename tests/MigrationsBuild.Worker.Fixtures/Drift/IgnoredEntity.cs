using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.IgnoredEntity;

/// <summary>A class that is no longer in the model.</summary>
public class IgnoredEntityContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Ignore<User>();
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(IgnoredEntityContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(IgnoredEntityContext))]
public class Snapshot : UsersSnapshot;
