using System;
using Bookshop.Models;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class FormatsAndReaders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .Annotation("Npgsql:PostgresExtension:citext", ",,");

            migrationBuilder.AddColumn<BookFormat>(
                name: "Format",
                table: "Books",
                type: "book_format",
                nullable: false,
                defaultValue: BookFormat.Paperback);

            migrationBuilder.CreateTable(
                name: "Readers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    Email = table.Column<string>(type: "citext", nullable: false),
                    Prefers = table.Column<BookFormat>(type: "book_format", nullable: true),
                    JoinedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Readers", x => x.Id);
                });

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 1,
                column: "Format",
                value: BookFormat.Hardcover);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 2,
                column: "Format",
                value: BookFormat.EBook);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 3,
                column: "Format",
                value: BookFormat.Hardcover);

            migrationBuilder.CreateIndex(
                name: "IX_Readers_Email",
                table: "Readers",
                column: "Email",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Readers");

            migrationBuilder.DropColumn(
                name: "Format",
                table: "Books");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .OldAnnotation("Npgsql:PostgresExtension:citext", ",,");
        }
    }
}
