using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Shop.Migrations
{
    /// <inheritdoc />
    public partial class NumberOrdersAndSeedCategories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "order_numbers",
                schema: "sales",
                startValue: 1000L);

            migrationBuilder.AddColumn<long>(
                name: "Number",
                schema: "sales",
                table: "Orders",
                type: "bigint",
                nullable: false,
                defaultValueSql: "nextval('sales.order_numbers')");

            migrationBuilder.AddColumn<decimal>(
                name: "Total",
                schema: "sales",
                table: "OrderLines",
                type: "numeric(12,2)",
                precision: 12,
                scale: 2,
                nullable: false,
                computedColumnSql: "\"Quantity\" * \"UnitPrice\"",
                stored: true);

            migrationBuilder.InsertData(
                schema: "catalog",
                table: "Categories",
                columns: new[] { "Id", "Name", "ParentId" },
                values: new object[,]
                {
                    { 1, "Kitchen", null },
                    { 2, "Garden", null },
                    { 3, "Pans", 1 }
                });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_Number",
                schema: "sales",
                table: "Orders",
                column: "Number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Orders_Number",
                schema: "sales",
                table: "Orders");

            migrationBuilder.DeleteData(
                schema: "catalog",
                table: "Categories",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.DeleteData(
                schema: "catalog",
                table: "Categories",
                keyColumn: "Id",
                keyValue: 3);

            migrationBuilder.DeleteData(
                schema: "catalog",
                table: "Categories",
                keyColumn: "Id",
                keyValue: 1);

            migrationBuilder.DropColumn(
                name: "Total",
                schema: "sales",
                table: "OrderLines");

            migrationBuilder.DropColumn(
                name: "Number",
                schema: "sales",
                table: "Orders");

            migrationBuilder.DropSequence(
                name: "order_numbers",
                schema: "sales");
        }
    }
}
