using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.FirstDraft;

/// <summary>The first migration is a draft, and the model has a new property since then.</summary>
public class FirstDraftContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }
}

[DbContext(typeof(FirstDraftContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(FirstDraftContext))]
public class FirstDraftContextModelSnapshot : UsersSnapshot;
