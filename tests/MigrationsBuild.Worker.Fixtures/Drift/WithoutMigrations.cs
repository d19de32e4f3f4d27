namespace MigrationsBuild.Worker.Fixtures.Drift.WithoutMigrations;

/// <summary>A context that has neither migrations nor snapshot: it may be a view on tables of others.</summary>
public class WithoutMigrationsContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}
