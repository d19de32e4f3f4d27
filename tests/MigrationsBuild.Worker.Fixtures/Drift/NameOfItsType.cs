using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.NameOfItsType;

/// <summary>A property with the name of its type.</summary>
public class NameOfItsTypeContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public Mood Mood { get; set; }
}

public enum Mood
{
    Good,
    Bad,
}

[DbContext(typeof(NameOfItsTypeContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(NameOfItsTypeContext))]
public class Snapshot : UsersSnapshot;
