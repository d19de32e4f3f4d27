using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Worker.Fixtures.ContextShapes;

namespace MigrationsBuild.Worker.Fixtures.Migrations;

/// <summary>Migrations in the folder that EF Core chooses for the first context. Those of other contexts are in subfolders.</summary>
[DbContext(typeof(Audit.InternalContext))]
[Migration("20260101000000_First")]
internal sealed class First : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "All",
        columns: table => new { Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true) },
        constraints: table => table.PrimaryKey("PK_All", entry => entry.Id));
}

[DbContext(typeof(Audit.InternalContext))]
internal sealed class InternalContextModelSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("ContextShapes.Entry", entries =>
        {
            entries.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            entries.HasKey("Id");
            entries.ToTable("All");
        });
}
