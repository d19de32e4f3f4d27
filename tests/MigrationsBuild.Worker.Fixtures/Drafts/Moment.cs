using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.Moment;

/// <summary>A migration whose SQL is different each time.</summary>
public class MomentContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(MomentContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(MomentContext))]
[Migration("20260102000000_Moment")]
public class Moment : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql($"INSERT INTO \"Users\" (\"Name\") VALUES ('{Guid.NewGuid()}');");
}

[DbContext(typeof(MomentContext))]
public class Snapshot : UsersSnapshot;
