using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class RenameTitles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Surface",
                table: "Rides");

            migrationBuilder.RenameColumn(
                name: "Title",
                table: "Rides",
                newName: "Name");

            migrationBuilder.RenameIndex(
                name: "IX_Rides_StartsAt_Title",
                table: "Rides",
                newName: "IX_Rides_StartsAt_Name");

            migrationBuilder.AddColumn<DateOnly>(
                name: "Left",
                table: "Members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.UpdateData(
                table: "Members",
                keyColumn: "Id",
                keyValue: 1,
                column: "Left",
                value: null);

            migrationBuilder.UpdateData(
                table: "Members",
                keyColumn: "Id",
                keyValue: 2,
                column: "Left",
                value: null);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Left",
                table: "Members");

            migrationBuilder.RenameColumn(
                name: "Name",
                table: "Rides",
                newName: "Title");

            migrationBuilder.RenameIndex(
                name: "IX_Rides_StartsAt_Name",
                table: "Rides",
                newName: "IX_Rides_StartsAt_Title");

            migrationBuilder.AddColumn<string>(
                name: "Surface",
                table: "Rides",
                type: "TEXT",
                nullable: false,
                defaultValue: "road");

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 1,
                column: "Surface",
                value: "road");

            migrationBuilder.UpdateData(
                table: "Rides",
                keyColumn: "Id",
                keyValue: 2,
                column: "Surface",
                value: "gravel & 'track'");
        }
    }
}
