using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.MissingProperty;

/// <summary>A property was deleted.</summary>
public class MissingPropertyContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }
}

[DbContext(typeof(MissingPropertyContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(MissingPropertyContext))]
public class Snapshot : UsersSnapshot;
