using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.ManyProperties;

/// <summary>More differences than are reported individually.</summary>
public class ManyPropertiesContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int? P1 { get; set; }

    public int? P2 { get; set; }

    public int? P3 { get; set; }

    public int? P4 { get; set; }

    public int? P5 { get; set; }

    public int? P6 { get; set; }

    public int? P7 { get; set; }

    public int? P8 { get; set; }

    public int? P9 { get; set; }

    public int? P10 { get; set; }

    public int? P11 { get; set; }

    public int? P12 { get; set; }

    public int? P13 { get; set; }

    public int? P14 { get; set; }
}

[DbContext(typeof(ManyPropertiesContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(ManyPropertiesContext))]
public class Snapshot : UsersSnapshot;
