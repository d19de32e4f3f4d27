using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shop.Data;

namespace Shop.Migrations;

[DbContext(typeof(ShopContext))]
[Migration("20261121090000_OverdueOrders")]
public partial class OverdueOrders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(OverdueView.Create(days: 14));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(OverdueView.Drop);
}
