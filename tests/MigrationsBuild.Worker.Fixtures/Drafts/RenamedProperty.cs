using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.RenamedProperty;

/// <summary>A property was renamed.</summary>
public class RenamedPropertyContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Nickname { get; set; } = "";
}

[DbContext(typeof(RenamedPropertyContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(RenamedPropertyContext))]
public class Snapshot : UsersSnapshot;
