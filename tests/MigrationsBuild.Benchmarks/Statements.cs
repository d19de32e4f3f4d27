namespace MigrationsBuild.Benchmarks;

/// <summary>The statements of the migrations of a <see cref="LargeProject"/>, as EF Core's tool writes them.</summary>
internal static class Statements
{
    public static string CreateTable(EntityShape entity) => $$"""
                    migrationBuilder.CreateTable(
                        name: "{{entity.Table}}",
                        columns: table => new
                        {
                            Id = table.Column<int>(type: "integer", nullable: false)
                                .Annotation(
                                    "Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                            Title = table.Column<string>(type: "text", nullable: false),
                            Amount = table.Column<decimal>(type: "numeric", nullable: false),
                            CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                            ParentId = table.Column<int>(type: "integer", nullable: true)
                        },
                        constraints: table =>
                        {
                            table.PrimaryKey("PK_{{entity.Table}}", x => x.Id);
                            table.ForeignKey(
                                name: "FK_{{entity.Table}}_{{entity.Parent}}s_ParentId",
                                column: x => x.ParentId,
                                principalTable: "{{entity.Parent}}s",
                                principalColumn: "Id");
                        });

                    migrationBuilder.CreateIndex(
                        name: "IX_{{entity.Table}}_ParentId",
                        table: "{{entity.Table}}",
                        column: "ParentId");

        """;

    public static string DropTable(EntityShape entity) => $"            migrationBuilder.DropTable(name: \"{entity.Table}\");\n";

    public static string AddColumn(EntityShape entity, string column) =>
        $"            migrationBuilder.AddColumn<string>(name: \"{column}\", table: \"{entity.Table}\", type: \"text\", nullable: true);\n";

    public static string DropColumn(EntityShape entity, string column) =>
        $"            migrationBuilder.DropColumn(name: \"{column}\", table: \"{entity.Table}\");\n";

    public static string AlterTitle(EntityShape old, EntityShape entity) => $$"""
                    migrationBuilder.AlterColumn<string>(
                        name: "Title",
                        table: "{{entity.Table}}",
                        type: "{{entity.TitleType}}",{{Length("maxLength", entity)}}
                        nullable: false,
                        oldClrType: typeof(string),{{Length("oldMaxLength", old)}}
                        oldType: "{{old.TitleType}}");

        """;

    private static string Length(string argument, EntityShape entity) =>
        entity.TitleLength is int length ? FormattableString.Invariant($" {argument}: {length},") : "";
}
