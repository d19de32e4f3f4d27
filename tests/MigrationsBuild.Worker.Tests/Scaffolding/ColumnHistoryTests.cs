using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Tests.Scaffolding;

/// <summary>The columns of tables as migrations leave them: <c>SquashTests</c> compares the result with <c>pg_dump</c>.</summary>
[TestClass]
public class ColumnHistoryTests
{
    [TestMethod]
    public void Columns_are_in_the_order_in_which_they_were_added_under_their_present_names() => Check(
        "Id Name Size Note",
        Create("Old", "Id", "Title", "Gone"),
        new RenameColumnOperation { Table = "Old", Name = "Title", NewName = "Name" },
        new DropColumnOperation { Table = "Old", Name = "Gone" },
        new RenameTableOperation { Name = "Old", NewName = "T" },
        Column("Size"),
        Column("Note"));

    [TestMethod]
    public void A_column_that_no_migration_names_comes_last() => Check("Id Name Note", Create("T", "Id", "Name"));

    [TestMethod]
    public void The_default_of_a_required_column_stays() => Check("Id Size=7 Name", Create("T", "Id"), Column("Size", 7), Column("Name"));

    [TestMethod]
    public void A_change_that_has_no_default_leaves_it() =>
        Check("Id Size=7", Create("T", "Id"), Column("Size", 7), new AlterColumnOperation { Table = "T", Name = "Size" });

    [TestMethod]
    public void A_change_from_a_default_to_none_removes_it() => Check(
        "Id Size",
        Create("T", "Id"),
        Column("Size", 7),
        new AlterColumnOperation { Table = "T", Name = "Size", OldColumn = new AddColumnOperation { DefaultValue = 7 } });

    [TestMethod]
    public void On_SQLite_a_table_that_was_rebuilt_has_the_defaults_of_the_model()
    {
        MigrationOperation[] operations =
            [Create("T", "Id", "Name"), Column("Size", 7), new DropColumnOperation { Table = "T", Name = "X" }];

        Check("Id Name Size", rebuildsTables: true, operations);
        Check("Id Name Size=7", rebuildsTables: false, operations);
    }

    [TestMethod]
    public void A_default_of_the_model_wins()
    {
        var table = Create("T", "Size", "Id");
        table.Columns[0].DefaultValueSql = "now()";

        Arranged(table, Create("T", "Id"), Column("Size", 7));

        Assert.AreEqual("now()", table.Columns[1].DefaultValueSql);
        Assert.IsNull(table.Columns[1].DefaultValue);
    }

    private static void Check(string expected, params MigrationOperation[] operations) => Check(expected, false, operations);

    private static void Check(string expected, bool rebuildsTables, params MigrationOperation[] operations)
    {
        var names = expected.Split(' ').Select(column => column.Split('=')[0]).Order(StringComparer.Ordinal);
        var table = Create("T", [.. names]);

        Arranged(table, rebuildsTables, operations);

        Assert.AreEqual(
            expected,
            string.Join(' ', table.Columns.Select(column => column.Name + (column.DefaultValue is { } value ? $"={value}" : ""))));
    }

    private static void Arranged(CreateTableOperation table, params MigrationOperation[] operations) => Arranged(table, false, operations);

    private static void Arranged(CreateTableOperation table, bool rebuildsTables, MigrationOperation[] operations) =>
        new ColumnHistory([new Given(operations)], rebuildsTables).Arrange(table);

    private static CreateTableOperation Create(string name, params string[] columns)
    {
        var table = new CreateTableOperation { Name = name };
        table.Columns.AddRange(columns.Select(column => new AddColumnOperation { Table = name, Name = column, ClrType = typeof(int) }));
        return table;
    }

    private static AddColumnOperation Column(string name, object? value = null) =>
        new() { Table = "T", Name = name, ClrType = typeof(int), DefaultValue = value };

    private sealed class Given(MigrationOperation[] operations) : Migration
    {
        public override IReadOnlyList<MigrationOperation> UpOperations => operations;

        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }
    }
}
