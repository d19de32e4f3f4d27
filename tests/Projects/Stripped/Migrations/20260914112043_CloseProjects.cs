using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Stripped.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(StrippedContext))]
    [Migration("20260914112043_CloseProjects")]
    public partial class CloseProjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Note",
                table: "TimeEntries",
                newName: "Remark");

            migrationBuilder.AddColumn<string>(
                name: "ClosedBy",
                table: "Projects",
                type: "text",
                nullable: true);

            migrationBuilder.SqlScript("CloseProjects");

            migrationBuilder.UpdateData(
                table: "Activities",
                keyColumns: new[] { "Id" },
                keyColumnTypes: new[] { "integer" },
                keyValues: new object[] { 3 },
                columns: new[] { "Name" },
                columnTypes: new[] { "text" },
                values: new object[] { "Everybody's business" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"TR_TimeEntries_Closed\" ON \"TimeEntries\"; DROP FUNCTION refuse_closed_project()");

            migrationBuilder.DropColumn(
                name: "ClosedBy",
                table: "Projects");

            migrationBuilder.RenameColumn(
                name: "Remark",
                table: "TimeEntries",
                newName: "Note");

            migrationBuilder.UpdateData(
                table: "Activities",
                keyColumns: new[] { "Id" },
                keyColumnTypes: new[] { "integer" },
                keyValues: new object[] { 3 },
                columns: new[] { "Name" },
                columnTypes: new[] { "text" },
                values: new object[] { "Nobody's business" });
        }
    }
}
