using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class LeadersMayLeave : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Rides_Members_LeaderId",
                table: "Rides");

            migrationBuilder.DeleteData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Grades_MinimumSpeed",
                table: "Grades",
                sql: "\"MinimumSpeed\" > 0");

            migrationBuilder.AddForeignKey(
                name: "FK_Rides_Members_LeaderId",
                table: "Rides",
                column: "LeaderId",
                principalTable: "Members",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Rides_Members_LeaderId",
                table: "Rides");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Grades_MinimumSpeed",
                table: "Grades");

            migrationBuilder.InsertData(
                table: "Rides",
                columns: new[] { "Id", "GradeId", "Kilometres", "LeaderId", "Name", "StartsAt" },
                values: new object[] { 2, null, 85.0, null, "Around the lake", new DateTime(2022, 5, 15, 8, 30, 0, 0, DateTimeKind.Unspecified) });

            migrationBuilder.AddForeignKey(
                name: "FK_Rides_Members_LeaderId",
                table: "Rides",
                column: "LeaderId",
                principalTable: "Members",
                principalColumn: "Id");
        }
    }
}
