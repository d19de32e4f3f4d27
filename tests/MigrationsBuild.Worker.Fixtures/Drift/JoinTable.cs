using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.JoinTable;

/// <summary>A many-to-many relationship.</summary>
public class JoinTableContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<User>().HasMany(user => user.Friends).WithMany(user => user.FriendOf);
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public List<User> Friends { get; } = [];

    public List<User> FriendOf { get; } = [];
}

[DbContext(typeof(JoinTableContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(JoinTableContext))]
public class Snapshot : UsersSnapshot;
