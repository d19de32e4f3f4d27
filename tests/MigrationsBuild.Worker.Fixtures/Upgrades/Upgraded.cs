using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Upgrades;

/// <summary>A snapshot of EF Core 8, in which a column has another type than in this EF Core, and a new property.</summary>
public class UpgradedContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }
}

[DbContext(typeof(UpgradedContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(UpgradedContext))]
public class Snapshot : UsersSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        base.BuildModel(modelBuilder);
        modelBuilder.HasAnnotation("ProductVersion", "8.0.33").Entity("Users.User").Property<string>("Name").HasColumnType("BLOB");
    }
}
