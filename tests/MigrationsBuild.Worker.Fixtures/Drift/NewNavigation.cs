using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.NewNavigation;

/// <summary>A reference to another user.</summary>
public class NewNavigationContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public User? Manager { get; set; }
}

[DbContext(typeof(NewNavigationContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(NewNavigationContext))]
public class Snapshot : UsersSnapshot;
