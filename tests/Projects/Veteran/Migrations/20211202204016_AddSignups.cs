using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    public partial class AddSignups : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Signups",
                columns: table => new
                {
                    RideId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    BringsGuest = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Signups", x => new { x.RideId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_Signups_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Signups_Rides_RideId",
                        column: x => x.RideId,
                        principalTable: "Rides",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Members",
                columns: new[] { "Id", "Email", "Joined", "Name" },
                values: new object[] { 1, "board@veteran.example", new DateTime(1987, 5, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), "The board" });

            migrationBuilder.InsertData(
                table: "Members",
                columns: new[] { "Id", "Email", "Joined", "Name" },
                values: new object[] { 2, null, new DateTime(1991, 8, 24, 10, 30, 0, 0, DateTimeKind.Unspecified), "Máire O'Sullivan" });

            migrationBuilder.InsertData(
                table: "Rides",
                columns: new[] { "Id", "Kilometres", "LeaderId", "StartsAt", "Title" },
                values: new object[] { 2, 85, null, new DateTime(2022, 5, 15, 8, 30, 0, 0, DateTimeKind.Unspecified), "Around the lake" });

            migrationBuilder.InsertData(
                table: "Rides",
                columns: new[] { "Id", "Kilometres", "LeaderId", "StartsAt", "Title" },
                values: new object[] { 1, 40, 2, new DateTime(2022, 4, 3, 9, 0, 0, 0, DateTimeKind.Unspecified), "Opening ride; all welcome" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_Email",
                table: "Members",
                column: "Email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Signups_MemberId",
                table: "Signups",
                column: "MemberId");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Signups");

            migrationBuilder.DropIndex(
                name: "IX_Members_Email",
                table: "Members");

            migrationBuilder.DeleteData(
                table: "Members",
                keyColumn: "Id",
                keyValue: 1);

            migrationBuilder.DeleteData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 1);

            migrationBuilder.DeleteData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.DeleteData(
                table: "Members",
                keyColumn: "Id",
                keyValue: 2);
        }
    }
}
