using MigrationsBuild.Designers;

namespace MigrationsBuild.Core.Tests.Designers;

[TestClass]
public class MigrationOperationsTests
{
    private const string Nothing = "";

    [TestMethod]
    [DataRow("migrationBuilder.Sql(\"INSERT INTO t SELECT InsertData(1)\");")]
    [DataRow("migrationBuilder.AddColumn<string>(name: \"A\", table: \"T\", type: \"text\", nullable: true);")]
    [DataRow("migrationBuilder.AddColumn<Dictionary<string, string>>(name: \"A\", table: \"T\", type: \"hstore\");")]
    [DataRow(
        "migrationBuilder.CreateTable(name: \"T\", columns: table => new { Id = table.Column<int>(type: \"integer\") }, "
        + "constraints: table => table.PrimaryKey(\"PK\", x => x.Id));")]
    [DataRow(
        "migrationBuilder.AlterColumn<long>(name: \"A\", table: \"T\", type: \"bigint\", "
        + "oldClrType: typeof(int), oldType: \"integer\");")]
    [DataRow("migrationBuilder.DropColumn(name: \"A\", table: \"T\"); migrationBuilder.RenameIndex(name: \"A\", newName: \"B\");")]
    [DataRow("// migrationBuilder.InsertData(\nmigrationBuilder.EnsureSchema(\"s\");")]
    public void PostgreSQL_needs_no_model_for_most_operations(string up) =>
        Assert.IsFalse(MayNeedModel(up, Nothing, ModelDatabase.PostgreSql));

    [TestMethod]
    [DataRow("migrationBuilder.InsertData(table: \"T\", column: \"A\", value: 1);", DisplayName = "rows")]
    [DataRow("migrationBuilder.AddColumn<string>(name: \"type: \", table: \"T\");", DisplayName = "a column without a type")]
    [DataRow("migrationBuilder.AddColumn<string>(name: \"A\", table: \"T\", type: null);", DisplayName = "a type that is null")]
    [DataRow(
        "migrationBuilder.CreateTable(name: \"T\", "
        + "columns: table => new { A = table.Column<int>(type: \"integer\"), B = table.Column<int>() });",
        DisplayName = "one of several columns without a type")]
    [DataRow(
        "migrationBuilder.AlterColumn<long>(name: \"A\", table: \"T\", type: \"bigint\");",
        DisplayName = "an old column without a type")]
    [DataRow(
        "migrationBuilder.AddColumn<NpgsqlTsVector>(name: \"A\", table: \"T\", type: \"tsvector\")"
        + ".Annotation(\"Npgsql:TsVectorConfig\", \"english\");",
        DisplayName = "a text search vector")]
    [DataRow("Seeds.Insert(migrationBuilder);", DisplayName = "a method that gets the builder")]
    [DataRow("migrationBuilder.CreateAuditTable(\"T\");", DisplayName = "an unknown operation")]
    [DataRow("var builder = migrationBuilder; builder.InsertData(\"T\", \"A\", 1);", DisplayName = "another name for the builder")]
    [DataRow("migrationBuilder.Sql($\"SELECT {Insert()}\");", DisplayName = "code in a literal")]
    public void EF_Core_may_need_the_model_for(string up)
    {
        Assert.IsTrue(MayNeedModel(up, Nothing, ModelDatabase.PostgreSql));
        Assert.IsTrue(MayNeedModel(up, Nothing, ModelDatabase.Sqlite));
    }

    [TestMethod]
    [DataRow("migrationBuilder.DropColumn(name: \"A\", table: \"T\");")]
    [DataRow("migrationBuilder.AddForeignKey(name: \"FK\", table: \"T\", column: \"A\", principalTable: \"U\");")]
    [DataRow("migrationBuilder.RenameIndex(name: \"A\", table: \"T\", newName: \"B\");")]
    public void SQLite_rebuilds_a_table_from_the_model_for(string up) => Assert.IsTrue(MayNeedModel(up, Nothing, ModelDatabase.Sqlite));

    [TestMethod]
    public void Reverting_counts_only_on_PostgreSQL()
    {
        const string AddColumn = "migrationBuilder.AddColumn<string>(name: \"A\", table: \"T\", type: \"TEXT\");";

        Assert.IsFalse(MayNeedModel(AddColumn, "migrationBuilder.DropColumn(name: \"A\", table: \"T\");", ModelDatabase.Sqlite));
        const string delete = "migrationBuilder.DeleteData(table: \"T\", keyColumn: \"A\", keyValue: 1);";
        Assert.IsTrue(MayNeedModel(AddColumn, delete, ModelDatabase.PostgreSql));
    }

    [TestMethod]
    public void The_generator_of_an_unknown_database_may_need_any_model() =>
        Assert.IsTrue(MayNeedModel("migrationBuilder.DropTable(name: \"T\");", Nothing, ModelDatabase.Other));

    [TestMethod]
    public void A_parameter_of_another_name_may_hide_operations() => Assert.IsTrue(MigrationOperations.MayNeedModel(
        "class M : Migration { protected override void Up(MigrationBuilder m) { m.InsertData(\"T\", \"A\", 1); } }",
        ModelDatabase.PostgreSql));

    private static bool MayNeedModel(string up, string down, ModelDatabase database) => MigrationOperations.MayNeedModel(
        $$"""
        /// <inheritdoc />
        public partial class M : Migration
        {
            /// <inheritdoc />
            protected override void Up(MigrationBuilder migrationBuilder)
            {
                {{up}}
            }

            /// <inheritdoc />
            protected override void Down(MigrationBuilder migrationBuilder)
            {
                {{down}}
            }
        }
        """,
        database);
}
