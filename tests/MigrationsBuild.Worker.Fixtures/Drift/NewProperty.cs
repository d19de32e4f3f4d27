using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.NewProperty;

/// <summary>A property without a migration.</summary>
public class NewPropertyContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }
}

[DbContext(typeof(NewPropertyContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(NewPropertyContext))]
public class Snapshot : UsersSnapshot;
