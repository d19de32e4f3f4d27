using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Stripped.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(StrippedContext))]
    [Migration("20260220093109_WeeklyReport")]
    public partial class WeeklyReport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.SqlScript("WeeklyReport");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP VIEW "WeeklyReport";
                DROP FUNCTION week_of(date);
                """);
        }
    }
}
