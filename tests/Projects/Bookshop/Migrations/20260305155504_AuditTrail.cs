using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bookshop.Migrations
{
    /// <inheritdoc />
    public partial class AuditTrail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "PriceChanges" (
                    "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    "BookId" integer NOT NULL,
                    "OldPrice" integer,
                    "NewPrice" integer,
                    "Note" text NOT NULL DEFAULT 'by hand; or so',
                    "ChangedAt" timestamp with time zone NOT NULL DEFAULT now()
                );

                CREATE INDEX "IX_PriceChanges_BookId" ON "PriceChanges" ("BookId");
                COMMENT ON TABLE "PriceChanges" IS 'What the shop''s prices were; written by a trigger.';
                """);

            migrationBuilder.Sql(
                """
                CREATE FUNCTION log_price_change() RETURNS trigger LANGUAGE plpgsql AS $function$
                DECLARE
                    note text := 'it''s new; see $$ above'; -- a comment; with a semicolon
                BEGIN
                    IF NEW."Price" IS DISTINCT FROM OLD."Price" THEN
                        EXECUTE $$INSERT INTO "PriceChanges" ("BookId", "OldPrice", "NewPrice", "Note") VALUES ($1, $2, $3, $4);$$
                            USING NEW."Id", OLD."Price", NEW."Price", note;
                    END IF;
                    /* The row; as it is. */
                    RETURN NEW;
                END;
                $function$;

                CREATE TRIGGER "TR_Books_PriceChanges" AFTER UPDATE ON "Books"
                    FOR EACH ROW EXECUTE FUNCTION log_price_change();
                """);

            // The shop in Trieste changed its prices by hand before there was a trigger.
            migrationBuilder.Sql("UPDATE \"Books\" SET \"Price\" = \"Price\" + 10 WHERE \"Id\" = 2");

            migrationBuilder.Sql(
                """
                CREATE FUNCTION last_price(book integer) RETURNS integer LANGUAGE sql STABLE AS '
                    SELECT "NewPrice" FROM "PriceChanges" WHERE "BookId" = book AND "Note" <> ''test; not real'' ORDER BY "Id" DESC LIMIT 1;
                ';
                """);

            migrationBuilder.Sql(
                """
                GRANT SELECT ON "PriceChanges" TO PUBLIC -- the web site reads it; nobody else writes it
                """);

            migrationBuilder.Sql(
                """
                DO $$
                BEGIN
                    IF (SELECT count(*) FROM "PriceChanges") <> 1 THEN
                        RAISE EXCEPTION 'The trigger didn''t fire; there are % rows.', (SELECT count(*) FROM "PriceChanges");
                    END IF;
                END $$;
                UPDATE "PriceChanges" SET "Note" = E'moved from the old shop\\nby hand', "ChangedAt" = '2026-03-01 00:00:00+00';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP FUNCTION last_price(integer);
                DROP TRIGGER "TR_Books_PriceChanges" ON "Books";
                DROP FUNCTION log_price_change()
                """);

            migrationBuilder.Sql("DROP TABLE \"PriceChanges\"; -- and all that it knew");
        }
    }
}
