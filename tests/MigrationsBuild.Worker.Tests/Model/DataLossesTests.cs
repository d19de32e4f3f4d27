using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using static MigrationsBuild.Worker.Tests.Provider;

namespace MigrationsBuild.Worker.Tests.Model;

[TestClass]
public class DataLossesTests
{
    [TestMethod]
    public void A_column_that_loses_data_in_two_ways_is_reported_with_both()
    {
        using var pair = new ModelPair(
            PostgreSql,
            b => b.Entity<Blog>().Property(x => x.Name).IsRequired(false),
            b => b.Entity<Blog>().Property(x => x.Name).HasMaxLength(10));

        Assert.AreEqual(
            "values of column \"Blog\".\"Name\" that don't fit into character varying(10), unless the migration fails on them\n"
            + "nulls of column \"Blog\".\"Name\", which become its default, unless the migration fails on them",
            pair.Losses);
    }

    [TestMethod]
    public void A_column_that_grows_loses_nothing()
    {
        using var pair = new ModelPair(
            PostgreSql,
            b => b.Entity<Blog>().Property(x => x.Name).HasMaxLength(60),
            b => b.Entity<Blog>().Property(x => x.Name).HasMaxLength(100));

        Assert.AreEqual("", pair.Losses);
    }

    [TestMethod]
    public void Tables_and_columns_that_the_migration_itself_creates_contain_no_data_to_lose()
    {
        Assert.AreEqual("", Losses(m =>
        {
            m.CreateTable("Copy", table => new { Id = table.Column<int>(), Name = table.Column<string>(nullable: true) });
            m.DropColumn("Name", "Copy");
            m.AlterColumn<short>("Id", "Copy", type: "smallint", oldClrType: typeof(int), oldType: "integer");
            m.RenameTable("Copy", newName: "Other");
            m.DropTable("Other");
        }));
        Assert.AreEqual("", Losses(m =>
        {
            m.Sql("CREATE TEMP TABLE copy AS SELECT 1; ALTER TABLE copy RENAME TO \"Other\"; TRUNCATE \"Other\"");
            m.DropTable("Other");
            m.AddColumn<int>("Step", "Blog");
            m.Sql("ALTER TABLE \"Blog\" DROP COLUMN \"Step\"");
        }));
    }

    [TestMethod]
    public void A_name_that_is_only_similar_is_another_table()
    {
        Assert.AreEqual("table \"Copy\", with all its rows", Losses(m =>
        {
            m.Sql("CREATE TABLE Copy (id int)");
            m.DropTable("Copy");
        }));
        Assert.AreEqual("table shop.copy, with all its rows", Losses(m =>
        {
            m.CreateTable("copy", table => new { Id = table.Column<int>() });
            m.DropTable("copy", schema: "shop");
        }));
        Assert.AreEqual("table \"Copy\", with all its rows", Losses(m =>
        {
            m.DropTable("Copy");
            m.CreateTable("Copy", table => new { Id = table.Column<int>() });
        }));
    }

    [TestMethod]
    public void Losses_in_raw_SQL_are_reported_once_each() => Assert.AreEqual(
        """
        table old, with all its rows
        all rows of table "Blog"
        schema x, with all that is in it
        sequence s, with its value
        2 rows of "Blog"
        """.ReplaceLineEndings("\n"),
        Losses(m =>
        {
            m.Sql("DROP TABLE old; DELETE FROM \"Blog\";");
            m.Sql("TRUNCATE \"Blog\"; DELETE FROM \"Blog\" WHERE \"Id\" = 1");
            m.DropSchema("x");
            m.DropSequence("s");
            m.DeleteData("Blog", "Id", [1, 2]);
        }));

    [TestMethod]
    public void A_column_that_becomes_computed_loses_its_values_and_a_table_without_its_history_loses_that()
    {
        using var computed = new ModelPair(
            PostgreSql, b => b.Entity<Blog>(), b => b.Entity<Blog>().Property(x => x.Rank).HasComputedColumnSql("1", stored: true));
        using var temporal = new ModelPair(
            SqlServer, b => b.Entity<Blog>().ToTable(table => table.IsTemporal()), b => b.Entity<Blog>());

        Assert.AreEqual("values of column \"Blog\".\"Rank\", which becomes a computed column", computed.Losses);
        Assert.Contains("history of table [Blog]", temporal.Losses);
    }

    private static string Losses(Action<MigrationBuilder> up)
    {
        using var context = new ModelContext(PostgreSql, _ => { });
        var builder = new MigrationBuilder(context.Database.ProviderName);
        up(builder);
        return string.Join('\n', new DataLosses(new DatabaseSyntax(context)).Of(builder.Operations));
    }
}
