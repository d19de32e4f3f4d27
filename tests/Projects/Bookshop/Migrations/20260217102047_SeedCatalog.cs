using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class SeedCatalog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Genres",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Description = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Genres", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "Authors",
                columns: new[] { "Id", "Name" },
                values: new object[,]
                {
                    { 1, "Natalia Ginzburg" },
                    { 2, "Flann O'Brien" },
                    { 3, "Astrid Lindgren" }
                });

            migrationBuilder.InsertData(
                table: "Genres",
                columns: new[] { "Id", "Description", "Name" },
                values: new object[,]
                {
                    { 1, "Long; written in prose -- mostly.", "Novel" },
                    { 2, "It's for those who say \"again!\"", "Children's" },
                    { 3, "C:\\Program Files\\Docs, 'quoted', and a trailing \\", "Manual" },
                    { 4, "First line,\nsecond line;\n\n	and one set in.\n", "Poetry" },
                    { 5, "é isn't é, says the “unicode” consortium", "Роман — 小説 📚" },
                    { 6, "'); DROP TABLE \"Books\"; --", "SQL" },
                    { 7, "echo $$ /* $body$ isn't closed */ :name @p0 {0}\r\nexit", "Shell" },
                    { 8, "", "Empty" },
                    { 9, null, "Unsorted" }
                });

            migrationBuilder.InsertData(
                table: "Publishers",
                columns: new[] { "Id", "City", "Name" },
                values: new object[,]
                {
                    { 1, "Torino", "Einaudi" },
                    { 2, "Sebastopol", "O'Reilly" }
                });

            migrationBuilder.InsertData(
                table: "Books",
                columns: new[] { "Id", "AuthorId", "Isbn13", "Price", "PublishedOn", "PublisherId", "Title" },
                values: new object[,]
                {
                    { 1, 1, "978-88-06-17960-1", 1250, new DateOnly(1963, 4, 1), 1, "Lessico famigliare" },
                    { 2, 2, "978-1-56478-181-9", 990, new DateOnly(1939, 3, 13), null, "At Swim-Two-Birds" },
                    { 3, 3, null, 799, null, null, "Pippi Långstrump" }
                });

            migrationBuilder.CreateIndex(
                name: "IX_Genres_Name",
                table: "Genres",
                column: "Name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Genres");

            migrationBuilder.DeleteData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 1);

            migrationBuilder.DeleteData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.DeleteData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 3);

            migrationBuilder.DeleteData(
                table: "Publishers",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.DeleteData(
                table: "Authors",
                keyColumn: "Id",
                keyValue: 1);

            migrationBuilder.DeleteData(
                table: "Authors",
                keyColumn: "Id",
                keyValue: 2);

            migrationBuilder.DeleteData(
                table: "Authors",
                keyColumn: "Id",
                keyValue: 3);

            migrationBuilder.DeleteData(
                table: "Publishers",
                keyColumn: "Id",
                keyValue: 1);
        }
    }
}
