using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.NewestDraft;

/// <summary>The second migration is a draft, and the model has a new property since then.</summary>
public class NewestDraftContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }

    public string? Nickname { get; set; }
}

[DbContext(typeof(NewestDraftContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => UsersSnapshot.Build(modelBuilder);
}

[DbContext(typeof(NewestDraftContext))]
[Migration("20260102000000_AddUserAvatar")]
public class AddUserAvatar : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>(name: "Avatar", table: "Users", type: "TEXT", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "Avatar", table: "Users");
}

[DbContext(typeof(NewestDraftContext))]
public class NewestDraftContextModelSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) =>
        UsersSnapshot.Build(modelBuilder).Entity("Users.User", users => users.Property<string>("Avatar").HasColumnType("TEXT"));
}
