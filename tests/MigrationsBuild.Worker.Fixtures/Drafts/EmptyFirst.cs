using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.Drafts.EmptyFirst;

/// <summary>The first migration is empty, with an empty model.</summary>
public class EmptyFirstContext : UsersContext<User>;

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[DbContext(typeof(EmptyFirstContext))]
[Migration(UsersMigration.Initial)]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
}

[DbContext(typeof(EmptyFirstContext))]
[Migration("20260102000000_CreateUsers")]
public class CreateUsers : UsersMigration;

[DbContext(typeof(EmptyFirstContext))]
public class EmptyFirstContextModelSnapshot : UsersSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => Build(modelBuilder);
}
