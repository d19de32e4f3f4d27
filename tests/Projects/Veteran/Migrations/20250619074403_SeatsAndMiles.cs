using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class SeatsAndMiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Seats",
                table: "Signups",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<double>(
                name: "Miles",
                table: "Rides",
                type: "REAL",
                nullable: false,
                computedColumnSql: "round(\"Kilometres\" / 1.609344, 1)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Miles",
                table: "Rides");

            migrationBuilder.DropColumn(
                name: "Seats",
                table: "Signups");
        }
    }
}
