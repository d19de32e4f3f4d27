using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.Unchanged;

/// <summary>A model that its migrations match.</summary>
public class UnchangedContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(UnchangedContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(UnchangedContext))]
public class Snapshot : UsersSnapshot;
