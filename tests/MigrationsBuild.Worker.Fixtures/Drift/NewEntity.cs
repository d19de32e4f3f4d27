using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.NewEntity;

/// <summary>A class without a migration, and a navigation to it.</summary>
public class NewEntityContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public List<Post> Posts { get; } = [];
}

[Index(nameof(Title))]
public class Post
{
    public int Id { get; set; }

    public string? Title { get; set; }
}

[DbContext(typeof(NewEntityContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(NewEntityContext))]
public class Snapshot : UsersSnapshot;
