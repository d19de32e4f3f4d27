using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Veteran.Migrations
{
    /// <inheritdoc />
    public partial class RideStatistics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE VIEW "RideStatistics" AS
                SELECT r."Id" AS "RideId", count(s."MemberId") + coalesce(sum(s."BringsGuest"), 0) AS "Riders"
                FROM "Rides" AS r LEFT JOIN "Signups" AS s ON s."RideId" = r."Id"
                GROUP BY r."Id"
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_Signups_Left" BEFORE INSERT ON "Signups"
                WHEN (SELECT "Left" FROM "Members" WHERE "Id" = NEW."MemberId") IS NOT NULL
                BEGIN
                    SELECT CASE WHEN NEW."BringsGuest" THEN RAISE(ABORT, 'Who left, can''t bring guests; sorry.') END;
                    SELECT RAISE(IGNORE); -- they know; no need to tell them
                END;

                INSERT INTO "Signups" ("RideId", "MemberId", "BringsGuest", "Comment") VALUES (1, 1, 0, 'by the board''s vote; all go');
                INSERT INTO "Signups" ("RideId", "MemberId", "BringsGuest") VALUES (1, 2, 1) -- of course
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM \"Signups\" WHERE \"RideId\" = 1 AND \"MemberId\" IN (1, 2)");

            migrationBuilder.Sql("DROP TRIGGER \"TR_Signups_Left\"; DROP VIEW \"RideStatistics\" -- and nothing else");
        }
    }
}
