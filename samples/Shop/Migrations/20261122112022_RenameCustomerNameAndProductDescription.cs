using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Migrations
{
    /// <inheritdoc />
    public partial class RenameCustomerNameAndProductDescription : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Name",
                schema: "sales",
                table: "Customers",
                newName: "FullName");

            // Renamed by hand: what changes name and length at once is to EF Core one column that goes and another that comes.
            migrationBuilder.RenameColumn(
                name: "Description",
                schema: "catalog",
                table: "Products",
                newName: "Summary");

            migrationBuilder.AlterColumn<string>(
                name: "Summary",
                schema: "catalog",
                table: "Products",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Products_Price",
                schema: "catalog",
                table: "Products",
                sql: "\"Price\" >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_OrderLines_Quantity",
                schema: "sales",
                table: "OrderLines",
                sql: "\"Quantity\" > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_Products_Price",
                schema: "catalog",
                table: "Products");

            migrationBuilder.DropCheckConstraint(
                name: "CK_OrderLines_Quantity",
                schema: "sales",
                table: "OrderLines");

            migrationBuilder.RenameColumn(
                name: "FullName",
                schema: "sales",
                table: "Customers",
                newName: "Name");

            migrationBuilder.AlterColumn<string>(
                name: "Summary",
                schema: "catalog",
                table: "Products",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(500)",
                oldMaxLength: 500,
                oldNullable: true);

            migrationBuilder.RenameColumn(
                name: "Summary",
                schema: "catalog",
                table: "Products",
                newName: "Description");
        }
    }
}
