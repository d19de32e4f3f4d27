using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Startup.LongWork;

/// <summary>The C# of its second migration hangs.</summary>
public class HangingContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");
}

[DbContext(typeof(HangingContext))]
[Migration("20260101000000_Initial")]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1;");
}

[DbContext(typeof(HangingContext))]
[Migration("20260102000000_Hanging")]
public class Hanging : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => Thread.Sleep(Timeout.Infinite);
}

[DbContext(typeof(HangingContext))]
public class HangingSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
}
