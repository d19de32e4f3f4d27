using Bookshop.Models;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class Warehouse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "warehouse");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .Annotation("Npgsql:Enum:warehouse.movement_reason", "delivery,sale,reader's return")
                .Annotation("Npgsql:PostgresExtension:citext", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .OldAnnotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .OldAnnotation("Npgsql:PostgresExtension:citext", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateSequence(
                name: "movement_numbers",
                schema: "warehouse",
                startValue: 1000L,
                incrementBy: 5);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Readers",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Stock",
                schema: "warehouse",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BookId = table.Column<int>(type: "integer", nullable: false),
                    Shelf = table.Column<string>(type: "text", nullable: false),
                    Quantity = table.Column<int>(type: "integer", nullable: false),
                    UnitCost = table.Column<decimal>(type: "numeric(10,2)", precision: 10, scale: 2, nullable: false),
                    Value = table.Column<decimal>(type: "numeric", nullable: false, computedColumnSql: "\"Quantity\" * \"UnitCost\"", stored: true),
                    Tags = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "ARRAY['new','it''s']::text[]"),
                    WeeklySales = table.Column<int[]>(type: "integer[]", nullable: true),
                    Labels = table.Column<string>(type: "jsonb", nullable: false, defaultValue: "{}")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Stock", x => x.Id);
                    table.CheckConstraint("CK_Stock_Quantity", "\"Quantity\" >= 0");
                    table.CheckConstraint("CK_Stock_Shelf", "\"Shelf\" ~ '^[A-Z]\\d+$' OR \"Shelf\" = 'reader''s; desk'");
                    table.ForeignKey(
                        name: "FK_Stock_Books_BookId",
                        column: x => x.BookId,
                        principalTable: "Books",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "What lies where.\nCounted on Fridays; \"Value\" is computed.");

            migrationBuilder.CreateTable(
                name: "StockMovements",
                schema: "warehouse",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('warehouse.movement_numbers')"),
                    StockItemId = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<MovementReason>(type: "warehouse.movement_reason", nullable: false),
                    Quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StockMovements", x => x.Number);
                    table.ForeignKey(
                        name: "FK_StockMovements_Stock_StockItemId",
                        column: x => x.StockItemId,
                        principalSchema: "warehouse",
                        principalTable: "Stock",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                schema: "warehouse",
                table: "Stock",
                columns: new[] { "Id", "BookId", "Labels", "Quantity", "Shelf", "Tags", "UnitCost", "WeeklySales" },
                values: new object[,]
                {
                    { 1, 1, "{\"colour\": \"bl'ue\", \"path\": \"C:\\\\x\", \"n\": null}", 3, "A1", new[] { "new", "it's", "a \"b\", {c}" }, 7.25m, new[] { 2, 0, 1 } },
                    { 2, 3, "{}", 0, "reader's; desk", new string[0], 4m, null }
                });

            migrationBuilder.InsertData(
                schema: "warehouse",
                table: "StockMovements",
                columns: new[] { "Number", "Quantity", "Reason", "StockItemId" },
                values: new object[] { 5L, 1, MovementReason.Sale, 1 });

            migrationBuilder.CreateIndex(
                name: "IX_Stock_BookId_Shelf",
                schema: "warehouse",
                table: "Stock",
                columns: new[] { "BookId", "Shelf" },
                unique: true,
                filter: "\"Quantity\" > 0")
                .Annotation("Npgsql:IndexInclude", new[] { "Quantity" });

            migrationBuilder.CreateIndex(
                name: "IX_Stock_Tags",
                schema: "warehouse",
                table: "Stock",
                column: "Tags")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "IX_StockMovements_StockItemId",
                schema: "warehouse",
                table: "StockMovements",
                column: "StockItemId");

            migrationBuilder.Sql(
                """
                CREATE VIEW warehouse.shelf_values AS
                    SELECT "Shelf", sum("Value") AS "Value" FROM warehouse."Stock" GROUP BY "Shelf";

                CREATE RULE shelf_values_are_counted AS ON UPDATE TO warehouse.shelf_values DO INSTEAD (
                    UPDATE warehouse."Stock" SET "Quantity" = 0 WHERE "Shelf" = OLD."Shelf";
                    DELETE FROM warehouse."StockMovements" WHERE false;
                );
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW warehouse.shelf_values");

            migrationBuilder.DropTable(
                name: "StockMovements",
                schema: "warehouse");

            migrationBuilder.DropTable(
                name: "Stock",
                schema: "warehouse");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Readers");

            migrationBuilder.DropSequence(
                name: "movement_numbers",
                schema: "warehouse");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .Annotation("Npgsql:PostgresExtension:citext", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .OldAnnotation("Npgsql:Enum:book_format", "paperback,hardcover,e_book,children's board book")
                .OldAnnotation("Npgsql:Enum:warehouse.movement_reason", "delivery,sale,reader's return")
                .OldAnnotation("Npgsql:PostgresExtension:citext", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");
        }
    }
}
