using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class PriceInCurrencyUnits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE "Books" DISABLE TRIGGER "TR_Books_PriceChanges";
                DROP FUNCTION last_price(integer);
                """);

            migrationBuilder.DeleteData(
                table: "Genres",
                keyColumn: "Id",
                keyValue: 10);

            migrationBuilder.AlterColumn<decimal>(
                name: "Price",
                table: "Books",
                type: "numeric(10,2)",
                precision: 10,
                scale: 2,
                nullable: false,
                oldClrType: typeof(int),
                oldType: "integer");

            migrationBuilder.Sql("UPDATE \"Books\" SET \"Price\" = \"Price\" / 100");

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 1,
                column: "Price",
                value: 12.50m);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 2,
                column: "Price",
                value: 9.90m);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 3,
                column: "Price",
                value: 7.99m);

            migrationBuilder.Sql(
                """
                ALTER TABLE "PriceChanges"
                    ALTER COLUMN "OldPrice" TYPE numeric(10,2) USING "OldPrice" / 100.0,
                    ALTER COLUMN "NewPrice" TYPE numeric(10,2) USING "NewPrice" / 100.0;

                CREATE FUNCTION last_price(book integer) RETURNS numeric(10,2) LANGUAGE sql STABLE AS '
                    SELECT "NewPrice" FROM "PriceChanges" WHERE "BookId" = book AND "Note" <> ''test; not real'' ORDER BY "Id" DESC LIMIT 1;
                ';

                ALTER TABLE "Books" ENABLE TRIGGER "TR_Books_PriceChanges";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE "Books" DISABLE TRIGGER "TR_Books_PriceChanges";
                DROP FUNCTION last_price(integer);
                UPDATE "Books" SET "Price" = "Price" * 100
                """);

            migrationBuilder.AlterColumn<int>(
                name: "Price",
                table: "Books",
                type: "integer",
                nullable: false,
                oldClrType: typeof(decimal),
                oldType: "numeric(10,2)",
                oldPrecision: 10,
                oldScale: 2);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 1,
                column: "Price",
                value: 1250);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 2,
                column: "Price",
                value: 990);

            migrationBuilder.UpdateData(
                table: "Books",
                keyColumn: "Id",
                keyValue: 3,
                column: "Price",
                value: 799);

            migrationBuilder.InsertData(
                table: "Genres",
                columns: new[] { "Id", "Description", "Name" },
                values: new object[] { 10, "Like children's, but 100% \\o/", "Comics" });

            migrationBuilder.Sql(
                """
                ALTER TABLE "PriceChanges"
                    ALTER COLUMN "OldPrice" TYPE integer USING "OldPrice" * 100,
                    ALTER COLUMN "NewPrice" TYPE integer USING "NewPrice" * 100;

                CREATE FUNCTION last_price(book integer) RETURNS integer LANGUAGE sql STABLE AS '
                    SELECT "NewPrice" FROM "PriceChanges" WHERE "BookId" = book AND "Note" <> ''test; not real'' ORDER BY "Id" DESC LIMIT 1;
                ';

                ALTER TABLE "Books" ENABLE TRIGGER "TR_Books_PriceChanges";
                """);
        }
    }
}
