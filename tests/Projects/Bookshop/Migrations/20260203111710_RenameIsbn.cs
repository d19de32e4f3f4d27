using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class RenameIsbn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Isbn",
                table: "Books",
                newName: "Isbn13");

            migrationBuilder.RenameIndex(
                name: "IX_Books_Isbn",
                table: "Books",
                newName: "IX_Books_Isbn13");

            migrationBuilder.AlterColumn<string>(
                name: "Isbn13",
                table: "Books",
                type: "character varying(17)",
                maxLength: 17,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(20)",
                oldMaxLength: 20,
                oldNullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Isbn13",
                table: "Books",
                newName: "Isbn");

            migrationBuilder.RenameIndex(
                name: "IX_Books_Isbn13",
                table: "Books",
                newName: "IX_Books_Isbn");

            migrationBuilder.AlterColumn<string>(
                name: "Isbn",
                table: "Books",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(17)",
                oldMaxLength: 17,
                oldNullable: true);
        }
    }
}
