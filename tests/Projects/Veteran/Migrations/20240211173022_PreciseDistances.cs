using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class PreciseDistances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Comment",
                table: "Signups",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "Kilometres",
                table: "Rides",
                type: "REAL",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 1,
                column: "Kilometres",
                value: 40.5);

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2,
                column: "Kilometres",
                value: 85.0);

            migrationBuilder.CreateIndex(
                name: "IX_Rides_StartsAt_Title",
                table: "Rides",
                columns: new[] { "StartsAt", "Title" },
                descending: new[] { true, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rides_StartsAt_Title",
                table: "Rides");

            migrationBuilder.DropColumn(
                name: "Comment",
                table: "Signups");

            migrationBuilder.AlterColumn<int>(
                name: "Kilometres",
                table: "Rides",
                type: "INTEGER",
                nullable: false,
                oldClrType: typeof(double),
                oldType: "REAL");

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 1,
                column: "Kilometres",
                value: 40);

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2,
                column: "Kilometres",
                value: 85);
        }
    }
}
