using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Stripped.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(StrippedContext))]
    [Migration("20260526161457_AddActivities")]
    public partial class AddActivities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ActivityId",
                table: "TimeEntries",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Activities",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Billable = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Activities", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "Activities",
                columns: new[] { "Id", "Billable", "Name" },
                columnTypes: new[] { "integer", "boolean", "text" },
                values: new object[,]
                {
                    { 1, true, "Development" },
                    { 2, true, "Travel; \"door to door\"" },
                    { 3, false, "Nobody's business" }
                });

            migrationBuilder.CreateIndex(
                name: "IX_TimeEntries_ActivityId",
                table: "TimeEntries",
                column: "ActivityId");

            migrationBuilder.AddForeignKey(
                name: "FK_TimeEntries_Activities_ActivityId",
                table: "TimeEntries",
                column: "ActivityId",
                principalTable: "Activities",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_TimeEntries_Activities_ActivityId",
                table: "TimeEntries");

            migrationBuilder.DropTable(
                name: "Activities");

            migrationBuilder.DropIndex(
                name: "IX_TimeEntries_ActivityId",
                table: "TimeEntries");

            migrationBuilder.DropColumn(
                name: "ActivityId",
                table: "TimeEntries");
        }
    }
}
