using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class BackfillTags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DO $backfill$
                DECLARE
                    item record;
                BEGIN
                    FOR item IN SELECT "Id", "Shelf" FROM warehouse."Stock" WHERE cardinality("Tags") = 0 LOOP
                        UPDATE warehouse."Stock" SET "Tags" = ARRAY['shelf ' || item."Shelf"] WHERE "Id" = item."Id";
                    END LOOP;
                END
                $backfill$
                """);

            migrationBuilder.Sql("UPDATE \"Genres\"\r\n   SET \"Description\" = 'Sorted by hand;\r\nask at the desk.'\r\n WHERE \"Id\" = 9;\r\n");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
