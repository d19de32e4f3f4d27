using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.ContextShapes.Sales;

namespace Storage;

[DbContext(typeof(ShopContext))]
[Migration("20260101000000_Initial")]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "All",
        columns: table => new { Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true) },
        constraints: table => table.PrimaryKey("PK_All", order => order.Id));
}
