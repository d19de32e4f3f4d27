using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class AddGrades : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "GradeId",
                table: "Rides",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Grades",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    MinimumSpeed = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Grades", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "Grades",
                columns: new[] { "Id", "MinimumSpeed", "Name" },
                values: new object[,]
                {
                    { 1, null, "Social" },
                    { 2, 24, "Club" },
                    { 3, 30, "'A' riders" }
                });

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 1,
                column: "GradeId",
                value: 1);

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2,
                column: "GradeId",
                value: null);

            migrationBuilder.CreateIndex(
                name: "IX_Rides_GradeId",
                table: "Rides",
                column: "GradeId");

            migrationBuilder.AddForeignKey(
                name: "FK_Rides_Grades_GradeId",
                table: "Rides",
                column: "GradeId",
                principalTable: "Grades",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE \"Rides\" SET \"GradeId\" = NULL");

            migrationBuilder.DropForeignKey(
                name: "FK_Rides_Grades_GradeId",
                table: "Rides");

            migrationBuilder.DropTable(
                name: "Grades");

            migrationBuilder.DropIndex(
                name: "IX_Rides_GradeId",
                table: "Rides");

            migrationBuilder.DropColumn(
                name: "GradeId",
                table: "Rides");
        }
    }
}
