using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.PropertyWithBody;

/// <summary>A property whose accessors have bodies.</summary>
public class PropertyWithBodyContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Score
    {
        get => _score;
        set => _score = value;
    }

    private int _score;
}

[DbContext(typeof(PropertyWithBodyContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(PropertyWithBodyContext))]
public class Snapshot : UsersSnapshot;
