namespace MigrationsBuild.Worker.Fixtures.Drift.WithoutMigrations;

/// <summary>A context without migrations and without a snapshot. Other software may own its tables.</summary>
public class WithoutMigrationsContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}
